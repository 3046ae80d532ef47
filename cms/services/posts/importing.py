"""Posts that come from elsewhere, with the dates and the status that they have there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import Addressed, Post, PostStatus
from ...errors import UserErrorCode
from ...store import clock
from .. import slugs
from ..categories import tree
from ..faults import Faults
from . import bodies, details, writing
from .editing import CreatePost

MAX_SLUG = 400
"""Characters in a slug made elsewhere: percent-encoded ones are long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPost(CreatePost):
    """A post as it is elsewhere; `publish` says nothing here, `status` does.

    `source_key` is what a second import finds it by. `former_slugs` are addresses that lead to it.
    """

    status: PostStatus = PostStatus.DRAFT
    created_at: datetime | None = None
    updated_at: datetime | None = None
    source_key: str | None = None
    former_slugs: Sequence[str] = ()


async def import_post(session: AsyncSession, actor: Actor, wanted: ImportPost) -> Post:
    """Store a post with its own dates; a slug that is taken gets a number. Raises Refused."""
    await tree.hold(session)
    faults = Faults()
    bodies.check_body(faults, wanted.body)
    content = await details.checked(session, faults, wanted, titled=False)
    slug = slugs.check_slug(faults, wanted.slug, limit=MAX_SLUG)
    _check_dates(faults, wanted)
    faults.refuse()
    now = clock.now()
    created_at = wanted.created_at or wanted.published_at or now
    scheduled = wanted.status is PostStatus.SCHEDULED
    post = Post(
        slug=await _free_slug(session, slug, content.title),
        status=PostStatus.PUBLISHED if scheduled else wanted.status,
        published_at=wanted.published_at,
        created_at=created_at,
        updated_at=wanted.updated_at or wanted.published_at or created_at,
        source_key=wanted.source_key,
    )
    await writing.add(session, actor, "import", post, content=content, body=wanted.body, now=now)
    await slugs.retire_unborne(session, Addressed.POST, wanted.former_slugs, post.id)
    return post


async def find_by_source_key(session: AsyncSession, keys: Collection[str]) -> dict[str, Post]:
    """Give the posts that were imported under these keys, as many as there are."""
    found = await session.scalars(select(Post).where(Post.source_key.in_(keys)))
    return {post.source_key: post for post in found if post.source_key is not None}


def _check_dates(faults: Faults, wanted: ImportPost) -> None:
    faults.instant(wanted.published_at, "publishedAt")
    faults.instant(wanted.created_at, "createdAt")
    faults.instant(wanted.updated_at, "updatedAt")
    dated = {PostStatus.PUBLISHED, PostStatus.SCHEDULED}
    if wanted.status in dated and wanted.published_at is None:
        message = "A published post has a date of publication."
        faults.add(UserErrorCode.REQUIRED, message, "publishedAt")


async def _free_slug(session: AsyncSession, slug: str | None, title: str) -> str:
    if slug is None:
        return await slugs.make(session, Addressed.POST, title)
    return await slugs.make_like(session, Addressed.POST, slug)
