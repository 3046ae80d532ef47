"""Threads too large to be submitted comment by comment, with right places and counts."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from pressroom.cms.comments.avatars import NOBODY
from pressroom.cms.comments.places import below, place
from pressroom.cms.content import Comment, CommentStatus, Post

BEGAN = datetime(2024, 1, 1, tzinfo=UTC)
CHUNK = 2_000


async def big_thread(
    session: AsyncSession,
    post_id: int,
    *,
    comments: int = 50_000,
    widest: int = 15_000,
    seed: int = 1,
) -> int:
    """Add approved comments to a post that has none; answers the id of the widest parent.

    The widest parent is the first comment on the post and has `widest` direct replies; the other
    comments are spread at random, three in ten of them on the post itself.
    """
    first_id = (await session.scalar(select(func.max(Comment.id))) or 0) + 1
    tree = list(_tree(post_id, first_id, comments, widest, random.Random(seed)))
    for start in range(0, len(tree), CHUNK):
        rows = [_row(comment) for comment in tree[start : start + CHUNK]]
        await session.execute(insert(Comment.__table__), rows)
    await _count(session, post_id, tree)
    await _skip_ids(session)
    return first_id


def _tree(
    post_id: int, first_id: int, comments: int, widest: int, dice: random.Random
) -> Iterator[Comment]:
    made: dict[int, Comment] = {}
    last_on_post = 0
    for comment_id in range(first_id, first_id + comments):
        answered = _answered(made, first_id, widest, dice)
        comment = _comment(post_id, comment_id, answered)
        parent = made.get(comment.parent_id or 0)
        if parent is None:
            last_on_post += 1
            place(comment, None, last_on_post)
        else:
            parent.last_ordinal = parent.reply_count = parent.last_ordinal + 1
            place(comment, parent, parent.last_ordinal)
        made[comment_id] = comment
    yield from made.values()


def _answered(
    made: dict[int, Comment], first_id: int, widest: int, dice: random.Random
) -> Comment | None:
    if 1 <= len(made) <= widest:
        return made[first_id]
    if not made or dice.random() < 0.3:
        return None
    return made[dice.randrange(first_id + 1, first_id + len(made))]


def _comment(post_id: int, comment_id: int, answered: Comment | None) -> Comment:
    standing = below(answered)
    body = f"Comment {comment_id} has something to say."
    return Comment(
        id=comment_id,
        post_id=post_id,
        parent_id=standing.parent_id,
        root_id=standing.root_id,
        answers_id=standing.answers_id,
        depth=standing.depth,
        last_ordinal=0,
        reply_count=0,
        status=CommentStatus.APPROVED,
        author_name=f"Reader {comment_id % 997}",
        verified=False,
        avatar=NOBODY,
        markdown=body,
        html=f"<p>{body}</p>",
        text=body,
        fingerprint=str(comment_id),
        submitted_at=BEGAN + timedelta(seconds=comment_id),
        version=1,
    )


def _row(comment: Comment) -> dict[str, Any]:
    return {column.key: getattr(comment, column.key) for column in Comment.__table__.columns}


async def _count(session: AsyncSession, post_id: int, tree: list[Comment]) -> None:
    threads = sum(comment.parent_id is None for comment in tree)
    await session.execute(
        update(Post)
        .where(Post.id == post_id)
        .values(
            comment_count=len(tree),
            thread_count=threads,
            last_ordinal=threads,
            comments_version=Post.comments_version + 1,
        )
    )


async def _skip_ids(session: AsyncSession) -> None:
    # PostgreSQL does not learn of ids that were given.
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(
            text("SELECT setval(pg_get_serial_sequence('comments', 'id'), max(id)) FROM comments")
        )
