"""Putting content and body into a post, new or there already."""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import (
    Addressed,
    Body,
    Post,
    PostStatus,
)
from .. import slugs
from . import bodies, details
from .bodies import BodySource
from .details import PostContent
from .links import Links
from .saving import save
from .state import Held


async def add(
    session: AsyncSession,
    actor: Actor,
    action: str,
    post: Post,
    *,
    content: PostContent,
    body: BodySource,
    now: datetime,
) -> Post:
    """Store a new post whose address, status and dates are set."""
    rendered = await bodies.render(body)
    post.body_id = (await bodies.store(session, body, rendered)).id
    post.version = 0
    post.announced = False
    details.write_content(post, content, rendered.excerpt)
    linked = await details.linked_to(session, content)
    await slugs.take(session, Addressed.POST, post.slug)
    session.add(post)
    held = Held(post, Links(), PostStatus.DRAFT, post.body_id, {})
    return await save(session, actor, action, held, now, linked=linked, reindex=True)


async def rewrite(
    session: AsyncSession,
    actor: Actor,
    action: str,
    held: Held,
    *,
    content: PostContent,
    body: BodySource | Body | None,
    now: datetime,
) -> Post:
    """Store new content, and a new body or one that was stored before."""
    post = held.post
    before = details.present_content(post, held.links)
    opening = post.excerpt
    if isinstance(body, BodySource):
        rendered = await bodies.render(body)
        post.body_id = (await bodies.store(session, body, rendered)).id
        opening = rendered.excerpt
    elif isinstance(body, Body):
        post.body_id = body.id
        opening = await bodies.opening(session, body.id)
    elif content.excerpt != before.excerpt and content.excerpt is None:
        opening = await bodies.opening(session, post.body_id)
    details.write_content(post, content, opening)
    linked = await details.linked_to(session, content) if _relinks(before, content) else None
    reindex = body is not None or content.title != before.title
    return await save(session, actor, action, held, now, linked=linked, reindex=reindex)


def _relinks(before: PostContent, after: PostContent) -> bool:
    return (before.author_ids, before.category_ids, before.tags) != (
        after.author_ids,
        after.category_ids,
        after.tags,
    )
