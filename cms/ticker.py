"""What happens by the clock while the application runs."""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import TypeAlias

from sqlalchemy.exc import SQLAlchemyError

from .errors import PressroomError
from .services import idempotency
from .services.comments import senders
from .services.posts import revisions, schedule
from .store import clock
from .store.database import Database
from .store.sessions import reading_session, unit_of_work

_INTERVAL = 1.0
"""Seconds between two looks at the schedule."""
_TICKS_TO_PURGE = 3_600

Work: TypeAlias = Callable[[Database], Awaitable[None]]

_log = logging.getLogger(__name__)


@asynccontextmanager
async def ticking(database: Database, revisions_kept: int = 0) -> AsyncIterator[None]:
    """Do what is due, for as long as the context lasts, and first what came due before.

    Posts whose instant comes are announced: readers see them without it; the journal, and what
    follows it, learns of them here. What was kept for a time is deleted when the time is over. All
    revisions are kept, or so many of each post.
    """
    await _try(purge, database)
    task = asyncio.create_task(_tick(database, partial(prune, keep=revisions_kept)))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _tick(database: Database, prune: Work) -> None:
    await _try(prune, database)
    for tick in itertools.count(1):
        await _try(announce, database)
        if tick % _TICKS_TO_PURGE == 0:
            await _try(purge, database)
            await _try(prune, database)
        await asyncio.sleep(_INTERVAL)


async def _try(work: Work, database: Database) -> None:
    try:
        await work(database)
    except (SQLAlchemyError, OSError, PressroomError):
        _log.warning("What was due could not be done", exc_info=True)


async def purge(database: Database) -> None:
    """Delete senders' addresses and idempotency keys whose time is over."""
    async with unit_of_work(database) as session:
        await senders.purge(session)
        await idempotency.purge(session)


async def prune(database: Database, keep: int) -> None:
    """Delete old revisions, a batch of posts in a transaction; nothing where all are kept."""
    while keep > 0:
        async with reading_session(database) as session:
            if not await revisions.are_many(session, keep):
                return
        async with unit_of_work(database) as session:
            if not await revisions.prune(session, keep):
                return


async def announce(database: Database) -> None:
    """Announce what is due, taking the writers' turn only if there is something."""
    async with reading_session(database) as session:
        due = await schedule.next_due(session)
    if due is None or due > clock.now():
        return
    async with unit_of_work(database) as session:
        while await schedule.announce_due(session):
            pass
