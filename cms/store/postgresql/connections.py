"""A bounded number of connections to PostgreSQL, kept for whoever reads next.

The driver's own pool does more for each who asks than a short statement costs.
"""

import asyncio
from collections import deque
from typing import TypeAlias

import asyncpg
from sqlalchemy.engine import URL

from ...errors import Unavailable
from ...settings import Settings

_STATEMENTS = 1_000
"""Statements that a connection keeps prepared, however long they are."""

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
_Handed: TypeAlias = "Connection | None"
"""A connection, or None for the place to open one."""


class Connections:
    """Connections for short, repeated statements, handed from one to the next in turn.

    Where one is free, the one that was used last is taken; where none is, whoever waits longest
    gets the next, or its place, to open another.
    """

    def __init__(self, url: URL, settings: Settings) -> None:
        self._dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._settings = settings
        self._places = settings.pool_size
        """How many more may be opened."""
        self._open: set[Connection] = set()
        self._free: list[Connection] = []
        self._waiting: deque[asyncio.Future[_Handed]] = deque()
        self._ending: set[asyncio.Task[None]] = set()

    async def take(self) -> Connection:
        """Give a connection that nobody uses. Raises Unavailable when that takes too long."""
        while self._free:
            connection = self._free.pop()
            if not connection.is_closed():
                return connection
            self._open.remove(connection)
            self._places += 1
        if self._places:
            self._places -= 1
            return await self._connect()
        return await self._wait() or await self._connect()

    def give_back(self, connection: Connection) -> None:
        """Hand a connection to the next, unless it is discarded."""
        if connection in self._open:
            self._hand_on(connection)

    def discard(self, connection: Connection) -> None:
        """End a connection, and have the server cancel what it still does on it.

        Another may be opened in its place when it has ended.
        """
        if connection in self._open:
            self._open.remove(connection)
            ending = asyncio.create_task(self._end(connection))
            self._ending.add(ending)
            ending.add_done_callback(self._ended)

    async def close(self) -> None:
        """End all connections, and cut off whoever still uses or waits for one."""
        for waiter in self._waiting:
            _refuse(waiter)
        for connection in self._free:
            self.discard(connection)
        self._free.clear()
        while self._open:
            self._open.pop().terminate()
            self._hand_on(None)
        await asyncio.gather(*self._ending)

    def _hand_on(self, connection: _Handed) -> None:
        """Give it to whoever waits longest, or keep it."""
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(connection)
                return
        if connection is None:
            self._places += 1
        else:
            self._free.append(connection)

    async def _wait(self) -> _Handed:
        """Wait until it is one's turn. Raises Unavailable when that takes too long."""
        loop = asyncio.get_running_loop()
        waiter: asyncio.Future[_Handed] = loop.create_future()
        self._waiting.append(waiter)
        deadline = loop.call_later(self._settings.pool_timeout, _refuse, waiter)
        try:
            return await waiter
        except asyncio.CancelledError:
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                self._hand_on(waiter.result())
            raise
        finally:
            deadline.cancel()

    async def _connect(self) -> Connection:
        """Open a connection in a place that has been taken."""
        try:
            connection = await asyncpg.connect(
                self._dsn,
                timeout=self._settings.pool_timeout,
                statement_cache_size=_STATEMENTS,
                max_cacheable_statement_size=0,
                server_settings={
                    "application_name": "pressroom-reading",
                    "jit": "off",
                    # Few rows are looked up twice for one page, and the table of them has its cost.
                    "enable_memoize": "off",
                    # The statements are the same each time: planning them anew costs more than a
                    # plan made for the values at hand would save.
                    "plan_cache_mode": "force_generic_plan",
                    "default_transaction_read_only": "on",
                    "statement_timeout": str(int(self._settings.statement_timeout * 1000)),
                },
            )
        except BaseException:
            self._hand_on(None)
            raise
        self._open.add(connection)
        return connection

    async def _end(self, connection: Connection) -> None:
        try:
            await connection.close(timeout=self._settings.pool_timeout)
        except (OSError, asyncpg.PostgresError):
            # It is cut off then: whatever keeps it, nobody waits for it.
            connection.terminate()

    def _ended(self, ending: asyncio.Task[None]) -> None:
        self._ending.discard(ending)
        self._hand_on(None)


def _refuse(waiter: asyncio.Future[_Handed]) -> None:
    if not waiter.done():
        waiter.set_exception(Unavailable("The database is too busy to answer."))
