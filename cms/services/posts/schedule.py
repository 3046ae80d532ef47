"""The schedule: telling the journal of posts whose instant has come.

Readers see such a post without it, from that instant on; what follows from the journal (feeds of
changes, expiry of caches) follows from this.
"""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import SYSTEM
from ...content import ChangeKind, Post, PostStatus
from ...store import clock, journal

_WAITING = (Post.status == PostStatus.PUBLISHED, Post.announced.is_(False))
_BATCH = 1_000


async def announce_due(session: AsyncSession, at: datetime | None = None) -> int:
    """Announce the posts whose instant has come by `at` (or else by now); answer how many.

    At most 1,000 at a time: whoever calls it does so again until there are none.
    """
    due = (
        select(Post)
        .where(*_WAITING, Post.published_at <= (at or clock.now()))
        .order_by(Post.published_at, Post.id)
        .limit(_BATCH)
        .with_for_update(key_share=True, skip_locked=True)
    )
    posts = (await session.scalars(due, execution_options={"populate_existing": True})).all()
    for post in posts:
        post.announced = True
        journal.record(
            session,
            SYSTEM,
            "publish",
            "Post",
            post.id,
            ChangeKind.CREATED,
            version=post.version,
            public=True,
            occurred_at=post.published_at,
        )
    await session.flush()
    return len(posts)


async def next_due(session: AsyncSession) -> datetime | None:
    """Give the next instant at which there is something to announce."""
    instants = select(Post.published_at).where(*_WAITING).order_by(Post.published_at).limit(1)
    return await session.scalar(instants)
