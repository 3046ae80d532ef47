"""Units of work: the only place that commits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncSession

from . import journal
from .database import Database


@asynccontextmanager
async def unit_of_work(database: Database) -> AsyncIterator[AsyncSession]:
    """Open a session whose changes are committed together at the end, or not at all.

    SQLite has one writer at a time; those of this process wait for their turn in order rather
    than by trying again.
    """
    engine = database.engine.execution_options(writes=True)
    async with database.turn, AsyncSession(engine, expire_on_commit=False) as session:
        yield session
        entries = await journal.write(session)
        await session.commit()
    for listener in database.listeners:
        listener(entries)


@asynccontextmanager
async def reading_session(database: Database) -> AsyncIterator[AsyncSession]:
    """Open a session that only reads; whatever it changes is thrown away."""
    async with AsyncSession(database.engine, expire_on_commit=False) as session:
        yield session
