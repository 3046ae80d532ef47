"""Writes the comments as data: one list, each comment with how far it is indented."""

from typing import Any

from ...document.direction import set_apart
from ...document.document import Comment, Document
from ...wording.wording import Wording, wording_for
from .blocks import BlockWriter
from .materials import Materials

Data = dict[str, Any]

_DEEPEST = 5
"""Replies nested deeper keep the indentation, and name whom they answer: a long quarrel would end
in a column of one word."""

_RULE = 0.7  # of the size of the text: what a reply's rule takes of the line


def discussion_data(document: Document, writer: BlockWriter, materials: Materials) -> Data | None:
    """Write the comments, each after the one that it answers; None without any to print."""
    discussion = document.discussion
    if discussion is None or not (discussion.comments or discussion.left_out):
        return None
    wording = wording_for(document.language)
    sheet = materials.sheet
    comments: list[Data] = []
    waiting = [(comment, 0, "") for comment in reversed(discussion.comments)]
    while waiting:
        comment, depth, answered = waiting.pop()
        steps = min(depth, _DEEPEST)
        room = (steps * sheet.indent_of_reply + _RULE) * sheet.text
        head = _head(comment, answered if depth > _DEEPEST else "", wording, materials)
        comments.append({"depth": steps, "blocks": writer.reply(comment.blocks, room), **head})
        waiting += [(reply, depth + 1, comment.name) for reply in reversed(comment.replies)]
    left_out = wording.left_out.format(count=discussion.left_out, address=document.address)
    return {
        "title": wording.comments.format(count=discussion.count),
        "comments": comments,
        "left_out": left_out if discussion.left_out else None,
    }


def _head(comment: Comment, answered: str, wording: Wording, materials: Materials) -> Data:
    answering = wording.answering.replace("{name}", set_apart(answered)) if answered else None
    return {
        "name": None if comment.is_removed else materials.words(set_apart(comment.name)),
        "date": set_apart(wording.day(comment.submitted_at)),
        "answering": materials.words(answering) if answering else None,
        "removed": wording.removed if comment.is_removed else None,
    }
