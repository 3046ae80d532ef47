"""Posts: making them and changing what they say."""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import (
    Addressed,
    Body,
    Post,
    PostStatus,
)
from ...errors import UserErrorCode
from ...store import clock
from .. import slugs
from ..categories import tree
from ..faults import Faults
from ..unset import UNSET, Unset, chosen
from . import (
    bodies,
    details,
    state,
    writing,
)
from .bodies import BodySource
from .details import PostContent
from .state import Held


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePost(PostContent):
    """A new post; with `publish` it goes out at once, or at `published_at`."""

    body: BodySource
    slug: str | None = None
    published_at: datetime | None = None
    publish: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdatePost:
    """What to change of a post; with `minor`, a slip is mended and `updated_at` stays."""

    id: int
    version: int
    title: str | Unset = UNSET
    body: BodySource | Unset = UNSET
    slug: str | Unset = UNSET
    excerpt: str | Unset | None = UNSET
    author_ids: Sequence[int] | Unset = UNSET
    category_ids: Sequence[int] | Unset = UNSET
    tags: Sequence[str] | Unset = UNSET
    sticky: bool | Unset = UNSET
    comments_open: bool | Unset = UNSET
    image_id: int | Unset | None = UNSET
    published_at: datetime | Unset | None = UNSET
    minor: bool = False


async def create(session: AsyncSession, actor: Actor, wanted: CreatePost) -> Post:
    """Make a post. Raises Refused."""
    await tree.hold(session)
    faults = Faults()
    bodies.check_body(faults, wanted.body)
    faults.instant(wanted.published_at, "publishedAt")
    content = await details.checked(session, faults, wanted)
    slug = slugs.check_slug(faults, wanted.slug)
    if slug is not None:
        await slugs.check_free(session, faults, Addressed.POST, slug)
    faults.refuse()
    now = clock.now()
    post = Post(
        slug=slug or await slugs.make(session, Addressed.POST, content.title),
        status=PostStatus.PUBLISHED if wanted.publish else PostStatus.DRAFT,
        published_at=wanted.published_at or (now if wanted.publish else None),
        created_at=now,
        updated_at=now,
    )
    if wanted.publish and post.published_at:
        post.updated_at = post.published_at
    return await writing.add(
        session, actor, "create", post, content=content, body=wanted.body, now=now
    )


async def update(session: AsyncSession, actor: Actor, wanted: UpdatePost) -> Post:
    """Change a post; what changes nothing is not stored. Raises Refused."""
    held = await state.hold(session, wanted.id, wanted.version)
    post, faults, now = held.post, Faults(), clock.now()
    body = await _changed_body(session, faults, post, wanted.body)
    content = await details.checked(session, faults, _chosen_content(held, wanted))
    slug = await slugs.chosen_slug(session, faults, Addressed.POST, post, wanted.slug)
    published_at = chosen(wanted.published_at, post.published_at)
    _check_date(faults, post, published_at)
    faults.refuse()
    dated = published_at != post.published_at
    same = content == details.present_content(post, held.links)
    if same and slug == post.slug and not dated and body is None:
        return post
    seen = await state.was_seen(session, post, now)
    _redate(post, published_at, now, keep=wanted.minor and seen)
    await slugs.readdress(session, Addressed.POST, post, slug, seen=seen)
    return await writing.rewrite(
        session, actor, "update", held, content=content, body=body, now=now
    )


async def _changed_body(
    session: AsyncSession, faults: Faults, post: Post, given: BodySource | Unset
) -> BodySource | None:
    if isinstance(given, Unset):
        return None
    bodies.check_body(faults, given)
    present = await session.get_one(Body, post.body_id)
    same = present.source == given.source and present.format is given.format
    return None if same else given


def _chosen_content(held: Held, wanted: UpdatePost) -> PostContent:
    present = details.present_content(held.post, held.links)
    fields = {field.name: getattr(wanted, field.name) for field in dataclasses.fields(present)}
    given = {name: value for name, value in fields.items() if not isinstance(value, Unset)}
    return dataclasses.replace(present, **given)


def _check_date(faults: Faults, post: Post, published_at: datetime | None) -> None:
    faults.instant(published_at, "publishedAt")
    if published_at is None and post.status is PostStatus.PUBLISHED:
        message = "A published post has a date of publication."
        faults.add(UserErrorCode.REQUIRED, message, "publishedAt")


def _redate(post: Post, published_at: datetime | None, now: datetime, *, keep: bool) -> None:
    """Set the date of publication, and when readers were last given something new by it."""
    waited = state.is_scheduled(post, now)
    post.published_at = published_at
    if published_at and (waited or state.is_scheduled(post, now)):
        post.updated_at = published_at
    elif not keep:
        post.updated_at = now
