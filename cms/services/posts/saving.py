"""Saving a post, with all that is kept in step with it."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import (
    Body,
    ChangeKind,
    Post,
    Revision,
)
from ...store import journal, search
from . import links
from .links import Links
from .state import Held, is_public, snapshot


async def save(
    session: AsyncSession,
    actor: Actor,
    action: str,
    held: Held,
    now: datetime,
    *,
    linked: Links | None = None,
    reindex: bool = False,
) -> Post:
    """Store a post that was changed, as its next version.

    `linked` is what it is linked to from now on, where that has changed; `reindex` says that its
    title or text has. Archive, counts, index, revisions and journal follow.
    """
    post = held.post
    post.version += 1
    kind, public = _change(post, now)
    relisted = _relisted(held, linked)
    if linked is not None:
        links.repeat_on(post, linked)
    await session.flush()
    held.links = await _keep_links(session, held, linked)
    if reindex:
        body = await session.get_one(Body, post.body_id)
        await search.index_post(session, post.id, post.title, body.text)
    session.add(_revision(actor, held, now))
    journal.record(
        session,
        actor,
        action,
        "Post",
        post.id,
        kind,
        version=post.version,
        public=public,
        relisted=relisted,
    )
    await session.flush()
    return post


def _change(post: Post, now: datetime) -> tuple[ChangeKind, bool]:
    """Tell what happened as readers see it, and keep whether they have been told of the post."""
    told, post.announced = post.announced, is_public(post, now)
    if told and not post.announced:
        return ChangeKind.DELETED, True
    if told:
        return ChangeKind.UPDATED, True
    new = post.announced or post.version == 1
    return ChangeKind.CREATED if new else ChangeKind.UPDATED, post.announced


def _relisted(held: Held, linked: Links | None) -> bool:
    """Tell whether the post may stand in other places by a change."""
    post = held.post
    published_at = post.published_at and post.published_at.isoformat()
    before = (held.status, held.snapshot.get("publishedAt"))
    return (post.status, published_at) != before or linked not in {None, held.links}


async def _keep_links(session: AsyncSession, held: Held, linked: Links | None) -> Links:
    post, before = held.post, held.links
    if linked is not None:
        after = await links.write(session, post, before, linked)
    else:
        after = before
        await links.repeat(session, post)
    await links.recount(session, before, held.status, after, post.status)
    return after


def _revision(actor: Actor, held: Held, now: datetime) -> Revision:
    post = held.post
    return Revision(
        post_id=post.id,
        version=post.version,
        saved_at=now,
        saved_by=actor.name or actor.role.value.lower(),
        title=post.title,
        body_id=post.body_id,
        snapshot=snapshot(post, held.links),
    )
