"""Relinking: giving all posts of one author, or with one tag, to another at once.

A few statements, however many posts; on each the one that goes and its heir become one, in
the place of the foremost.
"""

from typing import TypeAlias

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from ..content import PostAuthor, PostTag
from . import link_keys

Link: TypeAlias = type[PostAuthor | PostTag]

_WHOLE_TABLE = {"synchronize_session": False}


async def hand_over(
    session: AsyncSession, link: Link, subject: InstrumentedAttribute[int], old: int, heir: int
) -> None:
    """Link the posts that are linked to `old` to `heir` instead; `subject` names which of two."""
    both = link.__table__.alias()
    column = both.c[subject.key]
    foremost = select(func.min(both.c.position)).where(
        both.c.post_id == link.post_id, column.in_((old, heir))
    )
    old_too = select(both.c.post_id).where(column == old)
    heir_too = select(both.c.post_id).where(column == heir)
    statements = (
        update(link)
        .where(subject == heir, link.post_id.in_(old_too))
        .values(position=foremost.scalar_subquery()),
        update(link)
        .where(subject == old, link.post_id.not_in(heir_too))
        .values({subject.key: heir}),
        delete(link).where(subject == old),
    )
    for statement in statements:
        await session.execute(statement, execution_options=_WHOLE_TABLE)
    await link_keys.repeat(session, link, select(link.post_id).where(subject == heir))


async def unlink(
    session: AsyncSession, link: Link, subject: InstrumentedAttribute[int], old: int
) -> None:
    """Take something off all posts that are linked to it."""
    linked = select(link.post_id).where(subject == old)
    await link_keys.repeat(session, link, linked, leaving=old)
    await session.execute(delete(link).where(subject == old), execution_options=_WHOLE_TABLE)
