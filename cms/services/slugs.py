"""Slugs: unique among what bears them now and bore them once, and where old ones lead."""

import re
import secrets
import unicodedata
from collections.abc import Collection
from typing import TypeAlias

from sqlalchemy import delete, select, union_all, update
from sqlalchemy.ext.asyncio import AsyncSession

from ..content import Addressed, Author, Category, Post, RetiredSlug
from ..errors import UserErrorCode
from ..store import clock
from ..text.slugs import MAX_SLUG, slugify
from .faults import Faults
from .locks import bucket, take_turn
from .unset import Unset, chosen

Bearer: TypeAlias = Post | Category | Author

BEARERS: dict[Addressed, type[Bearer]] = {
    Addressed.POST: Post,
    Addressed.CATEGORY: Category,
    Addressed.AUTHOR: Author,
}
NUMBERED = 50
"""How many titles that make the same slug are told apart by a number."""

_REFUSED = re.compile(r'[\s/?#\\<>"^`{|}\x00-\x1f\x7f\ud800-\udfff]')
_NUMBER = re.compile(r"-\d+$")


def check_slug(faults: Faults, slug: str | None, *, limit: int = MAX_SLUG) -> str | None:
    """Put a given slug into its normal form; an empty one counts as not given."""
    slug = unicodedata.normalize("NFC", (slug or "").strip())
    if len(slug) > limit:
        faults.add(UserErrorCode.TOO_LONG, f"A slug has at most {limit} characters.", "slug")
    if _REFUSED.search(slug) or slug in {".", ".."}:
        message = "A slug is one segment of a path, without spaces."
        faults.add(UserErrorCode.INVALID, message, "slug")
    return slug or None


async def check_free(
    session: AsyncSession, faults: Faults, kind: Addressed, slug: str, bearer_id: int | None = None
) -> None:
    """Check that a given slug is not another's, now or by a redirect."""
    if await _taken(session, kind, [slug], bearer_id, gone_too=False):
        faults.add(UserErrorCode.TAKEN, "This slug is taken.", "slug")


async def chosen_slug(
    session: AsyncSession, faults: Faults, kind: Addressed, bearer: Bearer, given: str | Unset
) -> str:
    """Check the slug that an update gives, and answer it; an empty one changes nothing."""
    slug = check_slug(faults, chosen(given, None)) or bearer.slug
    if slug != bearer.slug:
        await check_free(session, faults, kind, slug, bearer.id)
    return slug


async def readdress(
    session: AsyncSession, kind: Addressed, bearer: Bearer, slug: str, *, seen: bool = True
) -> None:
    """Give a slug to what had another; where it was `seen`, the old one leads to it."""
    if slug == bearer.slug:
        return
    await take(session, kind, slug)
    if seen:
        await retire(session, kind, bearer.slug, bearer.id)
    bearer.slug = slug


async def take(session: AsyncSession, kind: Addressed, slug: str) -> None:
    """End the redirect from a slug that is to be borne again."""
    await session.execute(
        delete(RetiredSlug).where(RetiredSlug.kind == kind, RetiredSlug.slug == slug)
    )


async def make(session: AsyncSession, kind: Addressed, title: str) -> str:
    """Make a slug from a title, with a number at its end where others have the same."""
    return await make_like(session, kind, slugify(title, fallback=kind.value.lower()))


async def make_like(session: AsyncSession, kind: Addressed, slug: str) -> str:
    """Give the slug, or one with a number at its end where it is taken."""
    stem = slug[: max(MAX_SLUG, len(slug)) - 9].rstrip("-")
    candidates = [slug, *(f"{stem}-{number}" for number in range(2, NUMBERED))]
    taken = await _taken(session, kind, candidates, None, gone_too=True)
    free = (candidate for candidate in candidates if candidate not in taken)
    return next(free, None) or f"{stem}-{secrets.token_hex(4)}"


async def retire(session: AsyncSession, kind: Addressed, slug: str, bearer_id: int) -> None:
    """Let an old slug lead to what bore it."""
    await session.merge(
        RetiredSlug(kind=kind, slug=slug, entity_id=bearer_id, retired_at=clock.now())
    )


async def retire_unborne(
    session: AsyncSession, kind: Addressed, wanted: Collection[str], bearer_id: int
) -> None:
    """Let old slugs lead to something, but for those that lead elsewhere already."""
    if wanted:
        taken = await _taken(session, kind, wanted, None, gone_too=True)
        for slug in dict.fromkeys(wanted):
            if slug not in taken:
                await retire(session, kind, slug, bearer_id)


async def pass_on(
    session: AsyncSession, kind: Addressed, bearer_id: int, last: str, heir_id: int
) -> None:
    """Let all slugs of something that goes, and `last` that it bore, lead to its heir."""
    await session.execute(
        update(RetiredSlug)
        .where(RetiredSlug.kind == kind, RetiredSlug.entity_id == bearer_id)
        .values(entity_id=heir_id)
    )
    await retire(session, kind, last, heir_id)


async def end(session: AsyncSession, kind: Addressed, bearer_id: int, last: str | None) -> None:
    """Let all slugs of something that is deleted for ever lead to nothing, by saying so.

    `last` is the one it bore, or null where the public never saw it.
    """
    await session.execute(
        update(RetiredSlug)
        .where(RetiredSlug.kind == kind, RetiredSlug.entity_id == bearer_id)
        .values(entity_id=None, retired_at=clock.now())
    )
    if last is not None:
        await session.merge(
            RetiredSlug(kind=kind, slug=last, entity_id=None, retired_at=clock.now())
        )


async def _taken(
    session: AsyncSession,
    kind: Addressed,
    slugs: Collection[str],
    bearer_id: int | None,
    *,
    gone_too: bool,
) -> set[str]:
    # Slugs that differ in their number alone take turns, since each may make the other.
    stem = _NUMBER.sub("", min(slugs, key=len))
    await take_turn(session, bucket(f"slug {kind}", stem))
    bearer = BEARERS[kind]
    borne = select(bearer.slug).where(bearer.slug.in_(slugs))
    retired = select(RetiredSlug.slug).where(RetiredSlug.kind == kind, RetiredSlug.slug.in_(slugs))
    if bearer_id is not None:
        borne = borne.where(bearer.id != bearer_id)
        retired = retired.where(RetiredSlug.entity_id != bearer_id)
    elif not gone_too:
        retired = retired.where(RetiredSlug.entity_id.is_not(None))
    return set(await session.scalars(union_all(borne, retired)))
