"""Connections to SQLite that write."""

from typing import Any

import aiosqlite
import apsw
from sqlalchemy import Connection, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from ...settings import Settings
from . import driver
from .text import add_text_functions

WRITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # An acknowledged comment must survive a power cut, not only a crash of the process.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # A comment goes into ten indexes: their pages should not be read again for the next.
    "PRAGMA cache_size = -16384",
)
OWN_TRANSACTIONS = "own_transactions"
"""The execution option of a connection whose transactions are begun and ended by its user."""


class SQLiteConnection(aiosqlite.Connection):
    """A connection that runs statements in a thread of its own.

    `direct` is the driver's own connection, for statements so quick that a thread would cost more
    than they do. It must not be used while the thread is at work.
    """

    direct: apsw.Connection

    def __init__(self, path: str, timeout: float) -> None:
        opening: Any = self._open
        super().__init__(opening, iter_chunk_size=64)
        self._path = path
        self._timeout = timeout
        # Who ends without closing its connections must not hang.
        self._thread.daemon = True

    def _open(self) -> driver.Connection:
        self.direct = driver.connect(self._path, self._timeout)
        for pragma in WRITE_PRAGMAS:
            self.direct.execute(pragma)
        # What is read before a commit is read here, by the statements of those that read.
        add_text_functions(self.direct)
        return driver.Connection(self.direct)


def sqlite_engine(url: URL, settings: Settings) -> AsyncEngine:
    """Make an engine whose connections are such."""

    async def connect() -> Any:
        return await SQLiteConnection(url.database or ":memory:", settings.write_timeout)

    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        pool_timeout=settings.write_timeout,
        async_creator=connect,
    )
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _begin(connection: Connection) -> None:
    # A transaction that begins by reading and writes later would fail when another has written
    # in between; one that is to write therefore takes its turn at the beginning.
    options = connection.get_execution_options()
    if not options.get(OWN_TRANSACTIONS, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")
