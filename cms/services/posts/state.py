"""A post held for a change: locked, checked for its version, with what it is linked to."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from ...content import (
    JournalEntry,
    Post,
    PostStatus,
    Revision,
)
from ...errors import Refused, UserError, UserErrorCode
from ..categories import tree
from . import links
from .links import Links

UNSEEN_FIELDS = frozenset({"updatedAt"})
"""Fields of a snapshot that follow from others, and are no reason for a conflict."""


@dataclass(slots=True)
class Held:
    """A post as it stood before a change; `post` is then changed in place."""

    post: Post
    links: Links
    status: PostStatus
    body_id: int
    snapshot: dict[str, Any]


async def hold(session: AsyncSession, post_id: int, version: int) -> Held:
    """Lock a post to change it. Raises Refused where it is gone, or at another version."""
    await tree.hold(session)
    post = await session.get(
        Post, post_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if post is None:
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such post.", "id")
    linked = await links.read(session, post.id)
    held = Held(post, linked, post.status, post.body_id, snapshot(post, linked))
    if version != post.version:
        raise Refused(await _conflicts(session, held, version))
    return held


def is_public(post: Post, now: datetime) -> bool:
    """Tell whether the public sees a post."""
    return (
        post.status is PostStatus.PUBLISHED
        and post.published_at is not None
        and post.published_at <= now
    )


def is_scheduled(post: Post, now: datetime) -> bool:
    """Tell whether a post waits for its instant."""
    return post.status is PostStatus.PUBLISHED and not is_public(post, now)


async def was_seen(session: AsyncSession, post: Post, now: datetime) -> bool:
    """Tell whether the public sees a post, or ever saw it."""
    if post.announced or is_public(post, now):
        return True
    told = exists().where(
        JournalEntry.entity == "Post", JournalEntry.entity_id == post.id, JournalEntry.public
    )
    return bool(await session.scalar(select(told)))


def snapshot(post: Post, linked: Links) -> dict[str, Any]:
    """Give a post's fields by the names of the inputs, but for title and body."""
    return {
        "slug": post.slug,
        "excerpt": post.written_excerpt,
        "status": post.status.value,
        "publishedAt": post.published_at and post.published_at.isoformat(),
        "updatedAt": post.updated_at.isoformat(),
        "authorIds": list(linked.authors),
        "categoryIds": list(linked.categories),
        "tags": list(linked.tag_names),
        "sticky": post.sticky,
        "commentsOpen": post.comments_open,
        "imageId": post.image_id,
    }


async def _conflicts(session: AsyncSession, held: Held, version: int) -> list[UserError]:
    """Name the fields that differ between the version that somebody knows and the present one."""
    post = held.post
    message = f"The post is at version {post.version} by now."
    errors = [UserError(UserErrorCode.CONFLICT, message, ("version",))]
    known = await session.get(Revision, (post.id, version))
    if known is None:
        return errors
    then = {"title": known.title, "body": known.body_id} | known.snapshot
    now = {"title": post.title, "body": post.body_id} | held.snapshot
    differing = [
        field for field in now if field not in UNSEEN_FIELDS and then.get(field) != now[field]
    ]
    return errors + [
        UserError(UserErrorCode.CONFLICT, f"{field} has been changed since.", (field,))
        for field in differing
    ]
