"""Categories: making, changing and moving them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import Addressed, Category, ChangeKind
from ...errors import Refused, UserError, UserErrorCode
from ...store import journal
from ...text.slugs import title_key
from .. import slugs
from ..faults import Faults
from ..unset import UNSET, Unset, chosen
from . import archive, tree

MAX_NAME = 200
MAX_DESCRIPTION = 10_000

_PATHS = {"name": "name", "slug": "slug", "description": "description", "parent_id": "parentId"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCategory:
    """A new category, at the root or under another."""

    name: str
    slug: str | None = None
    description: str = ""
    parent_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateCategory:
    """What to change of a category; `parent_id=None` makes it a root."""

    id: int
    version: int
    name: str | Unset = UNSET
    slug: str | Unset = UNSET
    description: str | Unset = UNSET
    parent_id: int | Unset | None = UNSET


async def create(session: AsyncSession, actor: Actor, wanted: CreateCategory) -> Category:
    """Make a category. Raises Refused."""
    await tree.hold_alone(session)
    faults = Faults()
    fields = _checked(faults, wanted.name, wanted.description)
    slug = slugs.check_slug(faults, wanted.slug)
    if slug is not None:
        await slugs.check_free(session, faults, Addressed.CATEGORY, slug)
    await check_parent(session, faults, wanted.parent_id, "parentId")
    faults.refuse()
    slug = slug or await slugs.make(session, Addressed.CATEGORY, fields["name"])
    await slugs.take(session, Addressed.CATEGORY, slug)
    category = Category(slug=slug, parent_id=wanted.parent_id, **fields)
    session.add(category)
    await session.flush()
    await tree.plant(session, category.id, category.parent_id)
    record(session, actor, "create", category, ChangeKind.CREATED)
    return category


async def update(session: AsyncSession, actor: Actor, wanted: UpdateCategory) -> Category:
    """Change a category, or move it with all below it. Raises Refused."""
    category = await held(session, wanted.id, wanted.version, wanted)
    faults = Faults()
    fields = _checked(
        faults, chosen(wanted.name, category.name), chosen(wanted.description, category.description)
    )
    fields["parent_id"] = chosen(wanted.parent_id, category.parent_id)
    slug = await slugs.chosen_slug(session, faults, Addressed.CATEGORY, category, wanted.slug)
    if fields["parent_id"] != category.parent_id:
        await check_parent(session, faults, fields["parent_id"], "parentId", outside=category.id)
    faults.refuse()
    if fields["parent_id"] != category.parent_id:
        await _move(session, category, fields["parent_id"])
    await slugs.readdress(session, Addressed.CATEGORY, category, slug)
    await _store(session, actor, category, fields)
    return category


async def by_slug(session: AsyncSession, wanted: Collection[str]) -> dict[str, Category]:
    """Give the categories of these slugs, as many as there are."""
    found = await session.scalars(select(Category).where(Category.slug.in_(wanted)))
    return {category.slug: category for category in found}


async def held(session: AsyncSession, category_id: int, version: int, wanted: object) -> Category:
    """Lock a category to change it, and keep the tree to oneself.

    Raises Refused where it is gone, or at another version: with the fields of `wanted` that differ.
    """
    await tree.hold_alone(session)
    category = await session.get(
        Category, category_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if category is None:
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such category.", "id")
    if version != category.version:
        raise Refused(_conflicts(category, wanted))
    return category


async def check_parent(
    session: AsyncSession,
    faults: Faults,
    parent_id: int | None,
    path: str,
    *,
    outside: int | None = None,
) -> None:
    """Check that a category exists, and does not stand in another or below it."""
    above = await tree.ancestors(session, parent_id)
    if parent_id is not None and not above:
        faults.add(UserErrorCode.NOT_FOUND, "There is no such category.", path)
    if outside in above:
        message = "This is the category itself, or one below it."
        faults.add(UserErrorCode.INVALID, message, path)


def record(
    session: AsyncSession, actor: Actor, action: str, category: Category, kind: ChangeKind
) -> None:
    """Note a change of a category."""
    version = category.version
    journal.record(
        session, actor, action, "Category", category.id, kind, version=version, public=True
    )


def _conflicts(category: Category, wanted: object) -> list[UserError]:
    message = f"The category is at version {category.version} by now."
    differing = [
        UserError(UserErrorCode.CONFLICT, "This is another by now.", (path,))
        for name, path in _PATHS.items()
        if getattr(wanted, name, UNSET) not in {UNSET, getattr(category, name)}
    ]
    return [UserError(UserErrorCode.CONFLICT, message, ("version",)), *differing]


def _checked(faults: Faults, name: str, description: str) -> dict[str, Any]:
    name = faults.line(name, "name", limit=MAX_NAME, required=True)
    description = faults.lines(description, "description", limit=MAX_DESCRIPTION)
    return {"name": name, "name_key": title_key(name), "description": description}


async def _move(session: AsyncSession, category: Category, parent_id: int | None) -> None:
    before = await tree.ancestors(session, category.parent_id)
    after = await tree.ancestors(session, parent_id)
    await tree.move(session, category.id, parent_id)
    await archive.rebuild(session, before ^ after)


async def _store(
    session: AsyncSession, actor: Actor, category: Category, fields: dict[str, Any]
) -> None:
    for name, value in fields.items():
        setattr(category, name, value)
    if session.is_modified(category):
        category.version += 1
        await session.flush()
        record(session, actor, "update", category, ChangeKind.UPDATED)
