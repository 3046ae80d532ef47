"""What is kept beside posts, in tables of plugins: how the journal learns that it has changed."""

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import ChangeKind, Post
from ...store import journal


async def touch(session: AsyncSession, actor: Actor, action: str, post_id: int) -> Post | None:
    """Tell of a change beside a post that makes no new version of it; the post stays locked.

    For what nobody edits: counts, or what became of something. None where the post is gone.
    """
    post = await session.get(
        Post, post_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if post is not None:
        journal.record(
            session,
            actor,
            action,
            "Post",
            post.id,
            ChangeKind.UPDATED,
            version=post.version,
            public=post.announced,
            relisted=False,
        )
    return post
