"""The archive: which posts stand under each category, and how many of them are published."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    cast,
    delete,
    exists,
    func,
    insert,
    literal,
    null,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from ...content import (
    Author,
    Category,
    CategoryAncestor,
    CategoryPost,
    PostStatus,
)
from .. import link_keys

_BELOW = cast(null(), BigInteger)
"""The place of a post that is filed further down: none."""
_COLUMNS = ["category_id", "post_id", "position", "status", "published_at"]

Counted: TypeAlias = type[Category] | type[Author]


async def filing(session: AsyncSession, category_ids: Sequence[int]) -> dict[int, int | None]:
    """Give each category that a post in these stands under, with its place among the post's own."""
    above: set[int] = set()
    if category_ids:
        closure = CategoryAncestor.category_id.in_(category_ids)
        above.update(await session.scalars(select(CategoryAncestor.ancestor_id).where(closure)))
    places = {category_id: place for place, category_id in enumerate(category_ids)}
    return {category_id: places.get(category_id) for category_id in above}


async def recount(
    session: AsyncSession, counted: Counted, before: Collection[int], after: Collection[int]
) -> None:
    """Move a published post from the counts of some categories, or authors, to those of others.

    The rows are locked in order of their keys, so that two writers cannot wait for each other.
    """
    changes: Mapping[int, set[int]] = {
        -1: set(before) - set(after),
        +1: set(after) - set(before),
    }
    touched = set().union(*changes.values())
    if not touched:
        return
    lock = select(counted.id).where(counted.id.in_(touched)).order_by(counted.id)
    await session.execute(lock.with_for_update(key_share=True))
    for step, ids in changes.items():
        if ids:
            moved = update(counted).where(counted.id.in_(ids))
            await session.execute(
                moved.values(post_count=counted.post_count + step),
                execution_options={"synchronize_session": False},
            )


async def hand_down(session: AsyncSession, category_id: int, heir_id: int | None) -> None:
    """File the posts of a category in another one, or in none, and empty its archive."""
    mine = CategoryPost.__table__.alias()
    direct = (mine.c.category_id == category_id, mine.c.position.is_not(None))
    if heir_id is not None:
        place = select(mine.c.position).where(*direct, mine.c.post_id == CategoryPost.post_id)
        await session.execute(
            update(CategoryPost)
            .where(CategoryPost.category_id == heir_id, CategoryPost.position.is_(None))
            .where(CategoryPost.post_id.in_(select(mine.c.post_id).where(*direct)))
            .values(position=place.scalar_subquery()),
            execution_options={"synchronize_session": False},
        )
        await session.execute(_filed_anew(mine, direct, heir_id))
    filed = select(mine.c.post_id).where(*direct)
    await link_keys.repeat(session, CategoryPost, filed, leaving=category_id)
    emptied = delete(CategoryPost).where(CategoryPost.category_id == category_id)
    await session.execute(emptied, execution_options={"synchronize_session": False})


async def rebuild(session: AsyncSession, category_ids: Collection[int]) -> None:
    """Make the archives of some categories anew, after the tree below them has changed.

    One statement each for what is to go, what is to come, and the counts, however many posts.
    """
    if not category_ids:
        return
    await session.execute(
        _without_reason(category_ids), execution_options={"synchronize_session": False}
    )
    await session.execute(_missing(category_ids))
    await session.execute(
        update(Category)
        .where(Category.id.in_(category_ids))
        .values(post_count=published_below(Category.id)),
        execution_options={"synchronize_session": False},
    )


def published_below(category_id: ColumnElement[int] | Any) -> Any:
    """Count the published posts in a category's archive."""
    entry = CategoryPost.__table__.alias()
    return (
        select(func.count())
        .where(entry.c.category_id == category_id, entry.c.status == PostStatus.PUBLISHED)
        .scalar_subquery()
    )


def _filed_anew(mine: Any, direct: tuple[ColumnElement[bool], ...], heir_id: int) -> Any:
    there = exists().where(
        CategoryPost.category_id == heir_id, CategoryPost.post_id == mine.c.post_id
    )
    moved = select(
        literal(heir_id).label("category_id"),
        mine.c.post_id,
        mine.c.position,
        mine.c.status,
        mine.c.published_at,
    ).where(*direct, ~there)
    return insert(CategoryPost).from_select(_COLUMNS, _in_order(moved))


def _without_reason(category_ids: Collection[int]) -> Any:
    direct, above = CategoryPost.__table__.alias(), CategoryAncestor.__table__.alias()
    reason = exists().where(
        direct.c.post_id == CategoryPost.post_id,
        direct.c.position.is_not(None),
        above.c.category_id == direct.c.category_id,
        above.c.ancestor_id == CategoryPost.category_id,
    )
    return delete(CategoryPost).where(
        CategoryPost.category_id.in_(category_ids), CategoryPost.position.is_(None), ~reason
    )


def _missing(category_ids: Collection[int]) -> Any:
    direct, above = CategoryPost.__table__.alias(), CategoryAncestor.__table__.alias()
    there = exists().where(
        CategoryPost.category_id == above.c.ancestor_id, CategoryPost.post_id == direct.c.post_id
    )
    missing = select(
        above.c.ancestor_id.label("category_id"),
        direct.c.post_id,
        _BELOW,
        direct.c.status,
        direct.c.published_at,
    ).where(
        above.c.ancestor_id.in_(category_ids),
        direct.c.category_id == above.c.category_id,
        direct.c.position.is_not(None),
        ~there,
    )
    return insert(CategoryPost).from_select(_COLUMNS, _in_order(missing.distinct()))


def _in_order(rows: Select[Any]) -> Select[Any]:
    """Sort entries as the indexes do, which takes in many of them much faster so."""
    columns = rows.selected_columns
    return rows.order_by(*(columns[name] for name in ("category_id", "published_at", "post_id")))
