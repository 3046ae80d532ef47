"""The tree of categories: its closure, kept by statements over whole branches."""

from typing import Any

from sqlalchemy import Integer, delete, insert, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from ...content import CategoryAncestor
from ..locks import take_turn

_LOCK = "category tree"


async def hold(session: AsyncSession) -> None:
    """Keep the tree as it is while posts are filed in it."""
    await take_turn(session, _LOCK, shared=True)


async def hold_alone(session: AsyncSession) -> None:
    """Keep the tree to oneself while it is changed, and nothing is filed in it."""
    await take_turn(session, _LOCK)


async def ancestors(session: AsyncSession, category_id: int | None) -> set[int]:
    """Give a category and all above it."""
    above = select(CategoryAncestor.ancestor_id).where(CategoryAncestor.category_id == category_id)
    return set(await session.scalars(above))


async def plant(session: AsyncSession, category_id: int, parent_id: int | None) -> None:
    """Put a new category into the tree."""
    itself = select(literal(category_id, Integer), literal(category_id, Integer), literal(0))
    above = select(
        literal(category_id, Integer), CategoryAncestor.ancestor_id, CategoryAncestor.distance + 1
    ).where(CategoryAncestor.category_id == parent_id)
    await _insert(session, union_all(itself, above))


async def move(session: AsyncSession, category_id: int, parent_id: int | None) -> None:
    """Put a category, with all below it, under another parent or at the root."""
    await _cut(session, category_id, distance=0)
    await _graft(session, category_id, parent_id, distance=0)


async def dissolve(session: AsyncSession, category_id: int, parent_id: int | None) -> None:
    """Take a category out of the tree; what is below it goes under another parent."""
    await _cut(session, category_id, distance=1)
    await _graft(session, category_id, parent_id, distance=1)
    itself = CategoryAncestor.category_id == category_id
    below = CategoryAncestor.ancestor_id == category_id
    await session.execute(delete(CategoryAncestor).where(itself | below))


async def _cut(session: AsyncSession, category_id: int, *, distance: int) -> None:
    """Part what is below a category, from a distance on, from all above the category."""
    inner, outer = CategoryAncestor.__table__.alias(), CategoryAncestor.__table__.alias()
    below = select(inner.c.category_id).where(
        inner.c.ancestor_id == category_id, inner.c.distance >= distance
    )
    above = select(outer.c.ancestor_id).where(
        outer.c.category_id == category_id, outer.c.distance > 0
    )
    await session.execute(
        delete(CategoryAncestor).where(
            CategoryAncestor.category_id.in_(below), CategoryAncestor.ancestor_id.in_(above)
        )
    )


async def _graft(
    session: AsyncSession, category_id: int, parent_id: int | None, *, distance: int
) -> None:
    """Join what is below a category, from a distance on, to a parent and all above it."""
    below, above = CategoryAncestor.__table__.alias(), CategoryAncestor.__table__.alias()
    joined = below.c.distance - distance + above.c.distance + 1
    await _insert(
        session,
        select(below.c.category_id, above.c.ancestor_id, joined)
        .select_from(below.join(above, above.c.category_id == parent_id))
        .where(below.c.ancestor_id == category_id, below.c.distance >= distance),
    )


async def _insert(session: AsyncSession, rows: Any) -> None:
    columns = ["category_id", "ancestor_id", "distance"]
    await session.execute(insert(CategoryAncestor).from_select(columns, rows))
