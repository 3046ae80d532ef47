"""Publication: the steps of a post's life, each allowed from some states alone."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete as delete_from
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import (
    Addressed,
    Body,
    ChangeKind,
    Post,
    PostStatus,
    Revision,
)
from ...errors import Refused, UserErrorCode
from ...store import clock, journal, search
from .. import slugs
from ..faults import Faults
from . import state
from .saving import save
from .state import Held

PUBLISHABLE = frozenset({PostStatus.DRAFT, PostStatus.SCHEDULED, PostStatus.ARCHIVED})
UNPUBLISHABLE = frozenset({PostStatus.SCHEDULED, PostStatus.PUBLISHED})
ARCHIVABLE = frozenset({PostStatus.DRAFT, PostStatus.SCHEDULED, PostStatus.PUBLISHED})
TRASHABLE = ARCHIVABLE | {PostStatus.ARCHIVED}
RESTORABLE = frozenset({PostStatus.ARCHIVED, PostStatus.TRASHED})
DELETABLE = frozenset({PostStatus.TRASHED})

_PARTICIPLES = {
    "unpublish": "unpublished",
    "archive": "archived",
    "trash": "put into the trash",
    "restore": "restored",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishPost:
    """Which post to publish, and when: in the future schedules it, in the past backdates it."""

    id: int
    version: int
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAction:
    """Which post a step is for."""

    id: int
    version: int


async def publish(session: AsyncSession, actor: Actor, wanted: PublishPost) -> Post:
    """Publish a post at `at`; or else at the date kept for it, or now. Raises Refused.

    A scheduled post goes out now where no `at` is given.
    """
    faults = Faults()
    faults.instant(wanted.at, "at")
    faults.refuse()
    now = clock.now()
    held = await _held(session, wanted, now, PUBLISHABLE, "published")
    post = held.post
    seen = await state.was_seen(session, post, now)
    kept = None if state.is_scheduled(post, now) else post.published_at
    post.published_at = wanted.at or kept or now
    # What readers saw before is given to them anew; what they did not is as old as it says.
    post.updated_at = max(post.published_at, now) if seen else post.published_at
    post.status = PostStatus.PUBLISHED
    return await save(session, actor, "publish", held, now)


async def unpublish(session: AsyncSession, actor: Actor, wanted: PostAction) -> Post:
    """Make a published or scheduled post a draft; its date is kept. Raises Refused."""
    return await _withdraw(
        session, actor, "unpublish", wanted, allowed=UNPUBLISHABLE, status=PostStatus.DRAFT
    )


async def archive(session: AsyncSession, actor: Actor, wanted: PostAction) -> Post:
    """Put a post aside, out of readers' sight. Raises Refused."""
    return await _withdraw(
        session, actor, "archive", wanted, allowed=ARCHIVABLE, status=PostStatus.ARCHIVED
    )


async def trash(session: AsyncSession, actor: Actor, wanted: PostAction) -> Post:
    """Put a post into the trash. Raises Refused."""
    return await _withdraw(
        session, actor, "trash", wanted, allowed=TRASHABLE, status=PostStatus.TRASHED
    )


async def restore(session: AsyncSession, actor: Actor, wanted: PostAction) -> Post:
    """Make an archived or trashed post a draft. Raises Refused."""
    return await _withdraw(
        session, actor, "restore", wanted, allowed=RESTORABLE, status=PostStatus.DRAFT
    )


async def delete(session: AsyncSession, actor: Actor, wanted: PostAction) -> int:
    """Delete a post for ever, from the trash alone, and answer its id. Raises Refused."""
    now = clock.now()
    held = await _held(session, wanted, now, DELETABLE, "deleted for ever")
    post = held.post
    seen = await state.was_seen(session, post, now)
    await slugs.end(session, Addressed.POST, post.id, post.slug if seen else None)
    await search.drop_post(session, post.id)
    bodies = set(await session.scalars(select(Revision.body_id).where(Revision.post_id == post.id)))
    await session.execute(delete_from(Post).where(Post.id == post.id))
    await session.execute(delete_from(Body).where(Body.id.in_(bodies | {post.body_id})))
    session.expunge(post)
    version = post.version + 1
    journal.record(
        session, actor, "delete", "Post", post.id, ChangeKind.DELETED, version=version, public=False
    )
    return post.id


async def _withdraw(
    session: AsyncSession,
    actor: Actor,
    action: str,
    wanted: PostAction,
    *,
    allowed: Collection[PostStatus],
    status: PostStatus,
) -> Post:
    now = clock.now()
    held = await _held(session, wanted, now, allowed, _PARTICIPLES[action])
    held.post.status = status
    held.post.updated_at = min(held.post.updated_at, now)
    return await save(session, actor, action, held, now)


async def _held(
    session: AsyncSession,
    wanted: PublishPost | PostAction,
    now: datetime,
    allowed: Collection[PostStatus],
    participle: str,
) -> Held:
    held = await state.hold(session, wanted.id, wanted.version)
    scheduled = state.is_scheduled(held.post, now)
    status = PostStatus.SCHEDULED if scheduled else held.post.status
    if status not in allowed:
        message = f"A post that is {status.lower()} cannot be {participle}."
        raise Refused.because(UserErrorCode.INVALID, message, "id")
    return held
