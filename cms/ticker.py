"""What happens by the clock while the application runs."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from sqlalchemy.exc import SQLAlchemyError

from .services import schedule
from .store import clock
from .store.database import Database
from .store.sessions import reading_session, unit_of_work

_INTERVAL = 1.0
"""Seconds between two looks at the schedule."""

_log = logging.getLogger(__name__)


@asynccontextmanager
async def ticking(database: Database) -> AsyncIterator[None]:
    """Announce posts whose instant comes, for as long as the context lasts.

    Readers see them without it; the journal, and what follows it, learns of them here, also of
    those that came due while nothing ran.
    """
    task = asyncio.create_task(_tick(database))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _tick(database: Database) -> None:
    while True:
        try:
            await announce(database)
        except (SQLAlchemyError, OSError):
            _log.warning("The schedule could not be looked at", exc_info=True)
        await asyncio.sleep(_INTERVAL)


async def announce(database: Database) -> None:
    """Announce what is due, taking the writers' turn only if there is something."""
    async with reading_session(database) as session:
        due = await schedule.next_due(session)
    if due is None or due > clock.now():
        return
    async with unit_of_work(database) as session:
        while await schedule.announce_due(session):
            pass
