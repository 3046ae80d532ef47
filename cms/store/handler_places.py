"""The places of handlers in the journal: taken by one process at a time, kept for the next."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Insert, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from ..content import HandlerPlace, JournalEntry
from . import clock

_INSERTS: dict[str, Callable[[Any], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


async def begin(session: AsyncSession, handler: str) -> None:
    """Let a handler that is new begin with what happens from now on."""
    end = select(func.coalesce(func.max(JournalEntry.id), 0)).scalar_subquery()
    values = {"handler": handler, "entry_id": end, "failures": 0}
    insert: Insert = (
        _INSERTS[session.get_bind().dialect.name](HandlerPlace)
        .values(values)
        .on_conflict_do_nothing()
    )
    await session.execute(insert)


async def hold(session: AsyncSession, place: HandlerPlace, until: datetime) -> bool:
    """Take a handler's turn; false where another process has been faster."""
    return await _change(
        session,
        place,
        (HandlerPlace.held_until.is_(None) | (HandlerPlace.held_until <= clock.now()),),
        held_until=until,
    )


async def move(session: AsyncSession, place: HandlerPlace, entry_id: int) -> None:
    """Note that a handler is done with an entry and all before it."""
    await _change(session, place, (), entry_id=entry_id, failures=0, held_until=None)


async def release(session: AsyncSession, place: HandlerPlace) -> None:
    """Give a turn back that was not used."""
    await _change(session, place, (), held_until=None)


async def fail(session: AsyncSession, place: HandlerPlace, pause: timedelta) -> None:
    """Note that a handler has failed, and is to be left alone for a while."""
    until = clock.now() + pause
    await _change(session, place, (), failures=place.failures + 1, held_until=until)


async def _change(
    session: AsyncSession, place: HandlerPlace, conditions: Any, **values: Any
) -> bool:
    # Who was too slow, and has lost the turn to another, changes nothing.
    known = (HandlerPlace.handler == place.handler, HandlerPlace.entry_id == place.entry_id)
    statement = update(HandlerPlace).where(*known, *conditions).values(**values)
    changed = await session.scalars(statement.returning(HandlerPlace.handler))
    return changed.one_or_none() is not None
