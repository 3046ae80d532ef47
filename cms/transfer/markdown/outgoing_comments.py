"""Comments as export folders write them."""

from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import Select, case, select
from sqlalchemy.ext.asyncio import AsyncSession

from ...content import Comment, CommentStatus
from .comments import export_id
from .dates import write_date

_BATCH = 500


async def write_comments(session: AsyncSession, post_id: int, secret: bytes, path: Path) -> int:
    """Write a post's comments and give their number; without any there is no file."""
    ids: dict[int, str] = {}
    comments = await session.stream_scalars(_in_order(post_id))
    file = None
    try:
        async for comment in comments:
            file = file or path.open("wb")
            ids[comment.id] = export_id(secret, comment)
            file.write(orjson.dumps(_line(comment, ids)) + b"\n")
    finally:
        if file is not None:
            file.close()
    return len(ids)


def _in_order(post_id: int) -> Select[Comment]:
    """Give the order that a reader can number siblings by.

    What the public sees stands in reading order. The rest comes after it, parents first: whoever
    reads the file gives no place to what is not seen.
    """
    is_seen = Comment.path.is_not(None) & (
        (Comment.status == CommentStatus.APPROVED) | (Comment.reply_count > 0)
    )
    return (
        select(Comment)
        .where(Comment.post_id == post_id)
        .order_by(
            case((is_seen, 0), else_=1),
            case((is_seen, Comment.path)),
            Comment.depth,
            Comment.submitted_at,
            Comment.id,
        )
        .execution_options(yield_per=_BATCH)
    )


def _line(comment: Comment, ids: dict[int, str]) -> dict[str, Any]:
    parent, answers = comment.parent_id, comment.answers_id
    author = {
        "name": comment.author_name,
        "url": comment.author_url,
        "verified": comment.verified or None,
    }
    line = {
        "id": ids[comment.id],
        "parent": None if parent is None else ids[parent],
        "reply_to": None if answers is None else ids[answers],
        "status": comment.status.value.lower(),
        "author": _without_nulls(author),
        "submitted_at": write_date(comment.submitted_at),
        "edited_at": write_date(comment.edited_at) if comment.edited_at else None,
        "body": comment.markdown,
    }
    return _without_nulls(line)


def _without_nulls(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value is not None}
