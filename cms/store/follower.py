"""Following the journal: being told of every commit, by this process or by another.

Commits of this process are told at once, by the unit of work that made them. Those of others are
read from the journal every half second; so that is how long another process's commit may go
unnoticed, and two seconds more where the database does not answer: from then on nothing is taken
for known.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from ..content import JournalEntry
from ..errors import PressroomError
from .database import Database
from .sessions import reading_session

INTERVAL = 0.5
"""Seconds between two looks at the journal."""
_PATIENCE = 2.0
_BATCH = 1_000

_log = logging.getLogger(__name__)


class Listener(Protocol):
    """Is told of changes, for as long as it is told of all of them."""

    def found(self) -> None:
        """Hear that from now on all changes are told."""

    def changed(self, entries: Sequence[JournalEntry]) -> None:
        """Hear of changes."""

    def lost(self) -> None:
        """Hear that changes may go untold."""


@asynccontextmanager
async def following(database: Database, listener: Listener) -> AsyncIterator["Follower"]:
    """Tell a listener of all commits, for as long as the context lasts."""
    follower = Follower(database, listener)
    database.listeners.append(follower.committed)
    await follower.look()
    task = asyncio.create_task(_look_again(follower))
    try:
        yield follower
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        database.listeners.remove(follower.committed)
        listener.lost()


class Follower:
    """Knows how far the journal has been told."""

    def __init__(self, database: Database, listener: Listener) -> None:
        self._database = database
        self._listener = listener
        self._place: int | None = None
        """The last entry that was told; None while nothing is known."""
        self._own: set[int] = set()
        """Entries of this process, told already, that the journal has yet to be seen to hold."""

    def committed(self, entries: Sequence[JournalEntry]) -> None:
        """Tell of a commit of this process."""
        self._own.update(entry.id for entry in entries)
        self._listener.changed(entries)

    async def look(self) -> None:
        """Read the journal on, and tell of what others have committed."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._read_on()
        except (SQLAlchemyError, OSError, PressroomError):
            if self._place is not None:
                _log.warning("The journal could not be read", exc_info=True)
            self._lose()

    async def _read_on(self) -> None:
        if self._place is None:
            self._place = await self._end()
            self._listener.found()
            return
        entries = await self._after(self._place)
        if len(entries) == _BATCH:
            # Nothing is gained by telling so much one by one.
            self._lose()
        elif entries:
            self._tell(entries)

    def _tell(self, entries: Sequence[JournalEntry]) -> None:
        self._place = entries[-1].id
        others = [entry for entry in entries if entry.id not in self._own]
        self._own = {own for own in self._own if own > entries[-1].id}
        if others:
            self._listener.changed(others)

    def _lose(self) -> None:
        self._place = None
        self._own.clear()
        self._listener.lost()

    async def _end(self) -> int:
        async with reading_session(self._database) as session:
            return await session.scalar(select(func.max(JournalEntry.id))) or 0

    async def _after(self, place: int) -> Sequence[JournalEntry]:
        newer = select(JournalEntry).where(JournalEntry.id > place).order_by(JournalEntry.id)
        async with reading_session(self._database) as session:
            return (await session.scalars(newer.limit(_BATCH))).all()


async def _look_again(follower: Follower) -> None:
    while True:
        await asyncio.sleep(INTERVAL)
        await follower.look()
