"""Writing to SQLite: one unit of work after the other, those that come together in one commit.

A commit waits for the disk, which takes longer than most of what is committed. So units of work
that wait for each other anyway share one transaction, each in a savepoint of its own, and one
commit; none of them ends before that.
"""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import apsw
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession

from ...content import JournalEntry
from ...settings import Settings
from .. import journal
from ..prepared import DIRECT
from ..turn import Turn, too_many_writers
from ..writing import to_the_end
from .connection import OWN_TRANSACTIONS, SQLiteConnection
from .direct import SQLiteDirect
from .group import Group

LARGEST_GROUP = 100
PASSES = 3
"""How often the event loop turns before a group is closed: others may be about to join."""


class SQLiteWriter:
    """Opens units of work, one at a time, on one connection."""

    def __init__(
        self,
        engine: AsyncEngine,
        settings: Settings,
        listeners: Sequence[Callable[[Sequence[JournalEntry]], None]],
    ) -> None:
        self.largest_group = LARGEST_GROUP
        self._engine = engine.execution_options(**{OWN_TRANSACTIONS: True})
        self._patience = settings.write_timeout
        self._listeners = listeners
        self._lock = asyncio.Lock()
        self._turn = Turn(self._lock, settings.write_timeout)
        self._connection: AsyncConnection | None = None
        self._driver: SQLiteConnection
        self._group: Group | None = None
        self._closing: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def unit(self, *, kept: bool = True) -> AsyncIterator[AsyncSession]:
        """Open a unit of work; see Writer."""
        async with self._turn:
            group = await self._join()
            session = self._begin_unit(group)
            try:
                yield session
                if kept:
                    await self._keep(session, group)
            except BaseException:
                await to_the_end(asyncio.ensure_future(self._undo(session, group)))
                raise
            if not kept:
                await to_the_end(asyncio.ensure_future(self._undo(session, group)))
        if kept:
            await to_the_end(group.ended)

    @asynccontextmanager
    async def alone(self) -> AsyncIterator[None]:
        """Keep all units of work away; see Writer."""
        async with self._turn:
            if self._group is not None:
                await to_the_end(asyncio.ensure_future(self._commit(self._group)))
            yield

    async def close(self) -> None:
        """Give the connection back."""
        async with self._lock:
            if self._group is not None:
                await self._commit(self._group)
            if self._connection is not None:
                await self._connection.close()
                self._connection = None

    async def _join(self) -> Group:
        """Give the group that a unit of work belongs to, whose transaction has begun."""
        group = self._group
        if group and not group.takes_more(self.largest_group):
            await to_the_end(asyncio.ensure_future(self._commit(group)))
            group = None
        return group or self._begin_at_once() or await self._begin_to_the_end()

    def _begin_at_once(self) -> Group | None:
        """Begin a transaction; none while another process is writing."""
        if self._connection is None:
            return None
        try:
            self._driver.direct.execute("BEGIN IMMEDIATE")
        except apsw.BusyError:
            return None
        return self._begin_group()

    async def _begin_to_the_end(self) -> Group:
        beginning = asyncio.ensure_future(self._begin_in_thread())
        await to_the_end(beginning)
        return beginning.result()

    async def _begin_in_thread(self) -> Group:
        """Begin a transaction when no other process is writing."""
        if self._connection is None:
            await self._connect()
        await self._set_patience(self._patience)
        try:
            await self._driver.execute_fetchall("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if _is_busy(error):
                raise too_many_writers() from error
            raise
        finally:
            await self._set_patience(0)
        return self._begin_group()

    async def _connect(self) -> None:
        connection = await self._engine.connect()
        # Sessions make savepoints only of what they find begun.
        await connection.begin()
        driver: Any = (await connection.get_raw_connection()).driver_connection
        self._connection, self._driver = connection, driver
        # What a savepoint would bring back is kept for each unit of work: in a file, that is more
        # to write than what it stores.
        await driver.execute_fetchall("PRAGMA temp_store = MEMORY")

    async def _set_patience(self, seconds: float) -> None:
        await self._driver.execute_fetchall(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def _begin_group(self) -> Group:
        self._group = Group()
        self._closing = asyncio.ensure_future(self._close_group(self._group))
        return self._group

    async def _close_group(self, group: Group) -> None:
        """Commit when all have had their turn who wait for it, or come with the next events."""
        try:
            for _ in range(PASSES):
                await asyncio.sleep(0)
            async with self._lock:
                if self._group is group:
                    await self._commit(group)
        except BaseException as error:
            await self._give_up(group, error)
            raise

    async def _commit(self, group: Group) -> None:
        self._group = None
        try:
            await self._driver.commit()
        except sqlite3.Error as error:
            await self._give_up(group, error)
            return
        try:
            self._tell(group)
        finally:
            group.ended.set_result(None)

    def _tell(self, group: Group) -> None:
        if group.entries:
            for listener in self._listeners:
                listener(group.entries)

    def _begin_unit(self, group: Group) -> AsyncSession:
        group.size += 1
        self._driver.direct.execute("SAVEPOINT unit")
        return AsyncSession(
            self._connection,
            expire_on_commit=False,
            join_transaction_mode="create_savepoint",
            info={DIRECT: SQLiteDirect(self._driver.direct)},
        )

    async def _keep(self, session: AsyncSession, group: Group) -> None:
        entries = await journal.write(session)
        if session.in_transaction() or session.new:
            await session.commit()
        self._driver.direct.execute("RELEASE unit")
        group.entries.extend(entries)

    async def _undo(self, session: AsyncSession, group: Group) -> None:
        try:
            await session.close()
            # In the thread, behind what may still be running there for who was cancelled.
            await self._driver.execute_fetchall("ROLLBACK TO unit")
            await self._driver.execute_fetchall("RELEASE unit")
        except Exception as error:
            # When its disk is full, SQLite undoes whole transactions.
            await self._give_up(group, error)

    async def _give_up(self, group: Group, error: BaseException) -> None:
        if self._group is group:
            self._group = None
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()
        group.fail(error)


def _is_busy(error: sqlite3.OperationalError) -> bool:
    return error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
