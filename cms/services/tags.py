"""Tags: found by name, or made."""

import secrets
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from ..content import Tag
from ..text.slugs import MAX_SLUG, slugify
from .faults import Faults
from .locks import take_turn

MAX_TAGS = 50
MAX_NAME = 80
NUMBERED = 20
"""How many names that make the same slug ("C", "C++", "C#") are told apart by a number."""


def check_names(faults: Faults, names: Sequence[str]) -> list[str]:
    """Put the names of tags in order: no spaces around them, none twice, case aside."""
    faults.at_most(MAX_TAGS, names, "tags")
    checked = [
        faults.line(name, "tags", str(place), limit=MAX_NAME, required=True)
        for place, name in enumerate(names[:MAX_TAGS])
    ]
    unique: dict[str, str] = {}
    for name in checked:
        unique.setdefault(name.casefold(), name)
    return list(unique.values())


async def get_or_create(
    session: AsyncSession, names: Sequence[str], slugs: Mapping[str, str] | None = None
) -> list[Tag]:
    """Give the tags of these names, in their order; those that are missing are made.

    `slugs` gives, by name, the slug of a tag that is to have another than its name makes.
    """
    wanted = {name: (slugs or {}).get(name) or slugify(name, fallback="tag") for name in names}
    found = await _find(session, wanted)
    if len(found) < len(wanted):
        await take_turn(session, "tags")
        found = await _find(session, wanted)
        await _make(session, wanted, found)
    return [found[name] for name in names]


async def by_slug(session: AsyncSession, wanted: Collection[str]) -> dict[str, Tag]:
    """Give the tags of these slugs, as many as there are."""
    found = await session.scalars(select(Tag).where(Tag.slug.in_(wanted)))
    return {tag.slug: tag for tag in found}


async def _find(session: AsyncSession, wanted: Mapping[str, str]) -> dict[str, Tag]:
    if not wanted:
        return {}
    # By slug for names that differ in case alone, by name for tags whose slug was given to them.
    slugs = {slug for each in wanted.values() for slug in _numbered(each)}
    there = await session.scalars(
        select(Tag).where(or_(Tag.slug.in_(slugs), Tag.name.in_(wanted))).order_by(Tag.id.desc())
    )
    known = {tag.name.casefold(): tag for tag in there}
    return {name: known[name.casefold()] for name in wanted if name.casefold() in known}


async def _make(session: AsyncSession, wanted: Mapping[str, str], found: dict[str, Tag]) -> None:
    missing = {name: slug for name, slug in wanted.items() if name not in found}
    taken = set(await by_slug(session, {n for slug in missing.values() for n in _numbered(slug)}))
    for name, slug in missing.items():
        free = next((each for each in _numbered(slug) if each not in taken), None)
        free = free or f"{slug[: MAX_SLUG - 9]}-{secrets.token_hex(4)}"
        taken.add(free)
        found[name] = Tag(slug=free, name=name)
        session.add(found[name])
    await session.flush()


def _numbered(slug: str) -> list[str]:
    stem = slug[: MAX_SLUG - 3].rstrip("-")
    return [slug, *(f"{stem}-{number}" for number in range(2, NUMBERED))]
