"""Writes the comments as data: one list, each comment with how far it is indented."""

from typing import Any

from ..document import Comment, Document
from ..wording import Wording, wording_for
from .blocks import BlockWriter
from .sheet import Sheet
from .typeface import Characters

Data = dict[str, Any]

_DEEPEST = 5
"""Replies nested deeper keep the indentation: a long quarrel would end in a column of one word."""

_STEP, _RULE = 1.2, 0.7  # of the size of the text: what a reply and its rule take of the line


def discussion_data(
    document: Document, writer: BlockWriter, characters: Characters, sheet: Sheet
) -> Data | None:
    """Write the comments, each after the one that it answers; None where none are asked for."""
    discussion = document.discussion
    if discussion is None:
        return None
    wording = wording_for(document.language)
    comments: list[Data] = []
    waiting = [(comment, 0) for comment in reversed(discussion.comments)]
    while waiting:
        comment, depth = waiting.pop()
        steps = min(depth, _DEEPEST)
        blocks = writer.reply(comment.blocks, (steps * _STEP + _RULE) * sheet.text)
        comments.append({"depth": steps, "blocks": blocks, **_head(comment, wording, characters)})
        waiting += [(reply, depth + 1) for reply in reversed(comment.replies)]
    left_out = wording.left_out.format(count=discussion.left_out, address=document.address)
    return {
        "title": wording.comments.format(count=discussion.count),
        "comments": comments,
        "left_out": left_out if discussion.left_out else None,
    }


def _head(comment: Comment, wording: Wording, characters: Characters) -> Data:
    return {
        "name": None if comment.is_removed else characters.printable(comment.name),
        "date": wording.day(comment.submitted_at),
        "removed": wording.removed if comment.is_removed else None,
    }
