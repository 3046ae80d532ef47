"""Tags by their names: found, or made."""

import secrets
import unicodedata
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...content import Tag
from ...text.slugs import MAX_SLUG, slugify
from ..faults import Faults
from ..locks import take_turn

MAX_TAGS = 50
MAX_NAME = 80
NUMBERED = 20
"""How many names that make the same slug ("C", "C++", "C#") are told apart by a number."""
TURN = "tags"
"""The lock of whoever makes tags, or renames them."""


def check_names(faults: Faults, names: Sequence[str]) -> list[str]:
    """Put the names of tags in order: no spaces around them, none twice, case aside."""
    faults.at_most(MAX_TAGS, names, "tags")
    checked = [
        faults.line(name, "tags", str(place), limit=MAX_NAME, required=True)
        for place, name in enumerate(names[:MAX_TAGS])
    ]
    unique: dict[str, str] = {}
    for name in checked:
        unique.setdefault(name_key(name), name)
    return list(unique.values())


def name_key(name: str) -> str:
    """Give what names have in common that are one name: case does not count."""
    return unicodedata.normalize("NFC", name).casefold()


async def get_or_create(
    session: AsyncSession, names: Sequence[str], slugs: Mapping[str, str] | None = None
) -> list[Tag]:
    """Give the tags of these names, in their order; those that are missing are made.

    `slugs` gives, by name, the slug of a tag that is to have another than its name makes.
    """
    wanted = {name: (slugs or {}).get(name) or _slug(name) for name in names}
    found = await _find(session, names)
    if not wanted.keys() <= found.keys():
        await take_turn(session, TURN)
        found = await _find(session, names)
        await _make(session, wanted, found)
    return [found[name] for name in names]


async def by_slug(session: AsyncSession, wanted: Collection[str]) -> dict[str, Tag]:
    """Give the tags of these slugs, as many as there are."""
    found = await session.scalars(select(Tag).where(Tag.slug.in_(wanted)))
    return {tag.slug: tag for tag in found}


async def free_slug(session: AsyncSession, name: str) -> str:
    """Make a slug from a name, with a number at its end where other names have the same."""
    slug = _slug(name)
    return _free(slug, await by_slug(session, _numbered(slug)))


async def _find(session: AsyncSession, names: Collection[str]) -> dict[str, Tag]:
    if not names:
        return {}
    keys = {name: name_key(name) for name in names}
    there = await session.scalars(select(Tag).where(Tag.name_key.in_(keys.values())))
    known = {tag.name_key: tag for tag in there}
    return {name: known[key] for name, key in keys.items() if key in known}


async def _make(session: AsyncSession, wanted: Mapping[str, str], found: dict[str, Tag]) -> None:
    missing = {name: slug for name, slug in wanted.items() if name not in found}
    taken = set(await by_slug(session, {n for slug in missing.values() for n in _numbered(slug)}))
    made: dict[str, Tag] = {}
    for name, slug in missing.items():
        key = name_key(name)
        if key not in made:
            made[key] = Tag(slug=_free(slug, taken), name=name, name_key=key)
            taken.add(made[key].slug)
        found[name] = made[key]
    session.add_all(made.values())
    await session.flush()


def _slug(name: str) -> str:
    return slugify(name, fallback="tag")


def _free(slug: str, taken: Collection[str]) -> str:
    free = next((each for each in _numbered(slug) if each not in taken), None)
    return free or f"{slug[: MAX_SLUG - 9]}-{secrets.token_hex(4)}"


def _numbered(slug: str) -> list[str]:
    stem = slug[: MAX_SLUG - 3].rstrip("-")
    return [slug, *(f"{stem}-{number}" for number in range(2, NUMBERED))]
