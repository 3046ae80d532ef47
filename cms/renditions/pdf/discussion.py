"""Writes the comments as data: one list, each comment with how far it is indented."""

from typing import Any

from ..document import Comment, Document
from ..wording import Wording, wording_for
from .blocks import BlockWriter
from .materials import Materials

Data = dict[str, Any]

_DEEPEST = 5
"""Replies nested deeper keep the indentation: a long quarrel would end in a column of one word."""

_STEP, _RULE = 1.2, 0.7  # of the size of the text: what a reply and its rule take of the line


def discussion_data(document: Document, writer: BlockWriter, materials: Materials) -> Data | None:
    """Write the comments, each after the one that it answers; None without any to print."""
    discussion = document.discussion
    if discussion is None or not (discussion.comments or discussion.left_out):
        return None
    wording = wording_for(document.language)
    comments: list[Data] = []
    waiting = [(comment, 0) for comment in reversed(discussion.comments)]
    while waiting:
        comment, depth = waiting.pop()
        steps = min(depth, _DEEPEST)
        blocks = writer.reply(comment.blocks, (steps * _STEP + _RULE) * materials.sheet.text)
        comments.append({"depth": steps, "blocks": blocks, **_head(comment, wording, materials)})
        waiting += [(reply, depth + 1) for reply in reversed(comment.replies)]
    left_out = wording.left_out.format(count=discussion.left_out, address=document.address)
    return {
        "title": wording.comments.format(count=discussion.count),
        "comments": comments,
        "left_out": left_out if discussion.left_out else None,
    }


def _head(comment: Comment, wording: Wording, materials: Materials) -> Data:
    return {
        "name": None if comment.is_removed else materials.words(comment.name),
        "date": wording.day(comment.submitted_at),
        "removed": wording.removed if comment.is_removed else None,
    }
