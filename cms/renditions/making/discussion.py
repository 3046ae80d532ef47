"""Builds the threads of a post's comments from rows in reading order."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from ..document.document import Comment
from ..document.shortfalls import Shortfalls
from .reading.blocks import read_html


@dataclass(frozen=True, slots=True)
class CommentRow:
    """A comment as the public sees it; `depth` from 0."""

    depth: int
    name: str
    html: str
    submitted_at: datetime
    is_removed: bool


@dataclass(slots=True)
class _Open:
    row: CommentRow
    replies: list[Comment] = field(default_factory=list)


def threads(rows: Iterable[CommentRow], base: str, shortfalls: Shortfalls) -> tuple[Comment, ...]:
    """Nest comments: each row stands after the one it answers, and after that one's replies."""
    roots: list[Comment] = []
    open_rows: list[_Open] = []

    def close(depth: int) -> None:
        while len(open_rows) > depth:
            done = open_rows.pop()
            siblings = open_rows[-1].replies if open_rows else roots
            siblings.append(_comment(done, base, shortfalls))

    for row in rows:
        close(row.depth)
        open_rows.append(_Open(row))
    close(0)
    return tuple(roots)


def _comment(done: _Open, base: str, shortfalls: Shortfalls) -> Comment:
    row, replies = done.row, tuple(done.replies)
    if row.is_removed:
        return Comment("", row.submitted_at, replies=replies, is_removed=True)
    blocks = read_html(row.html, base, shortfalls).blocks
    return Comment(row.name, row.submitted_at, blocks, replies)
