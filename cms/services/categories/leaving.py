"""Categories that go: deleted or merged, while what is in them stays."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import Addressed, Category, ChangeKind
from .. import slugs
from ..faults import Faults
from ..unset import UNSET, Unset, chosen
from . import archive, tree
from .editing import check_parent, held, record


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteCategory:
    """Which category to delete; its children and posts go to `move_to`, or else to its parent."""

    id: int
    version: int
    move_to: int | Unset | None = UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeCategories:
    """Which category is one with which: all that the first has goes to the second."""

    id: int
    version: int
    into: int


async def delete(session: AsyncSession, actor: Actor, wanted: DeleteCategory) -> int:
    """Delete a category, and answer its id; its address says that it is gone. Raises Refused."""
    category = await held(session, wanted.id, wanted.version, wanted)
    heir_id = chosen(wanted.move_to, category.parent_id)
    await _check_heir(session, category, heir_id, "moveTo")
    await slugs.end(session, Addressed.CATEGORY, category.id, category.slug)
    await _dissolve(session, actor, "delete", category, heir_id)
    return category.id


async def merge(session: AsyncSession, actor: Actor, wanted: MergeCategories) -> Category:
    """Make two categories one, and answer the one that stays. Raises Refused.

    Children and posts of the first go to the second, and its addresses lead there.
    """
    category = await held(session, wanted.id, wanted.version, wanted)
    await _check_heir(session, category, wanted.into, "into")
    heir = await session.get_one(
        Category, wanted.into, with_for_update={"key_share": True}, populate_existing=True
    )
    heir.version += 1
    record(session, actor, "merge", heir, ChangeKind.UPDATED)
    await slugs.pass_on(session, Addressed.CATEGORY, category.id, category.slug, heir.id)
    await _dissolve(session, actor, "merge", category, heir.id)
    return heir


async def _check_heir(
    session: AsyncSession, category: Category, heir_id: int | None, path: str
) -> None:
    faults = Faults()
    await check_parent(session, faults, heir_id, path, outside=category.id)
    faults.refuse()


async def _dissolve(
    session: AsyncSession, actor: Actor, action: str, category: Category, heir_id: int | None
) -> None:
    above = await tree.ancestors(session, category.id) | await tree.ancestors(session, heir_id)
    await _hand_down_children(session, actor, category.id, heir_id)
    await archive.hand_down(session, category.id, heir_id)
    await tree.dissolve(session, category.id, heir_id)
    category.version += 1
    record(session, actor, action, category, ChangeKind.DELETED)
    await session.delete(category)
    await session.flush()
    await archive.rebuild(session, above - {category.id})


async def _hand_down_children(
    session: AsyncSession, actor: Actor, category_id: int, heir_id: int | None
) -> None:
    children = (
        update(Category)
        .where(Category.parent_id == category_id)
        .values(parent_id=heir_id, version=Category.version + 1)
        .returning(Category)
    )
    for child in await session.scalars(children, execution_options={"populate_existing": True}):
        record(session, actor, "update", child, ChangeKind.UPDATED)
