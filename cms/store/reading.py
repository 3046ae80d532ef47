"""Readers: compiled statements sent straight to a driver, past SQLAlchemy's cost for each.

A reading is a generator: it yields statements with their values, is sent the rows of each, and
what it returns is the answer. So the same reading runs on a driver that answers at once and on one
that waits for a server. When it has all its rows it may yield pauses, to ask for what takes time.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Generator, Sequence
from typing import Any, NamedTuple, Protocol, TypeAlias, TypeVar

import asyncpg
from sqlalchemy.engine import URL

from ..errors import Unavailable
from ..settings import Settings

Rows: TypeAlias = Sequence[Sequence[Any]]
Answer = TypeVar("Answer")


class Statement(NamedTuple):
    """A statement in the driver's own dialect, with its values in their places."""

    sql: str
    values: Sequence[Any]


class Pause(NamedTuple):
    """Something to await; statements come before all pauses."""

    answer: Callable[[], Awaitable[Any]]


Step: TypeAlias = Statement | Pause
Reading: TypeAlias = Generator[Step, Any, Answer]


class Reader(Protocol):
    """Runs readings on one database."""

    async def run(self, reading: Reading[Answer]) -> Answer:
        """Run a reading to its end and give what it returns.

        Raises Unavailable when the database does not answer in time.
        """

    async def close(self) -> None:
        """Give the connections back."""


class _Finished(Exception):
    """A reading has ended; a coroutine cannot raise StopIteration."""


async def _after(step: Step, reading: Reading[Any]) -> Step:
    """Await a pause, and give the step after it."""
    if isinstance(step, Statement):
        raise TypeError("a reading has all its statements before its pauses")
    answer = await step.answer()
    try:
        return reading.send(answer)
    except StopIteration as stop:
        raise _Finished(stop.value) from None


class SQLiteReader:
    """Reads in process, without a thread: a hop would cost as much as the query."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._opened: sqlite3.Connection | None = None

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._opened = _open_sqlite(self._path)
        return self._opened

    async def run(self, reading: Reading[Answer]) -> Answer:
        """Run a reading; see Reader."""
        try:
            step = self._fetch(reading)
            while True:
                step = await _after(step, reading)
        except _Finished as finished:
            answer: Answer = finished.args[0]
        except StopIteration as stop:
            answer = stop.value
        return answer

    def _fetch(self, reading: Reading[Any]) -> Step:
        """Run all statements, and give the first pause; raises StopIteration where none is."""
        connection = self._connection
        # One transaction, so that all statements of a reading see the same content.
        connection.execute("BEGIN")
        try:
            step = next(reading)
            while isinstance(step, Statement):
                step = reading.send(connection.execute(step.sql, step.values).fetchall())
        finally:
            connection.execute("COMMIT")
        return step

    async def close(self) -> None:
        """Close what is open."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None


def _open_sqlite(path: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        path, isolation_level=None, check_same_thread=False, cached_statements=1_000
    )
    for pragma in ("query_only = ON", "busy_timeout = 3000", "cache_size = -65536"):
        connection.execute(f"PRAGMA {pragma}")
    # SQLite's own knows the letters of ASCII alone.
    connection.create_function("lower", 1, _lower, deterministic=True)
    return connection


def _lower(text: str | None) -> str | None:
    return None if text is None else text.lower()


class PostgreSQLReader:
    """Reads over a bounded pool of connections that are set up for short, repeated statements."""

    def __init__(self, url: URL, settings: Settings) -> None:
        self._dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._settings = settings
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._opening = asyncio.Lock()

    async def run(self, reading: Reading[Answer]) -> Answer:
        """Run a reading; see Reader."""
        try:
            step = await self._fetch(reading)
            while True:
                step = await _after(step, reading)
        except _Finished as finished:
            answer: Answer = finished.args[0]
        except StopIteration as stop:
            answer = stop.value
        return answer

    async def _fetch(self, reading: Reading[Any]) -> Step:
        """Run all statements, and give the first pause; raises _Finished where none is."""
        pool = self._pool or await self._open()
        try:
            async with pool.acquire(timeout=self._settings.pool_timeout) as connection:
                step = next(reading)
                while isinstance(step, Statement):
                    step = reading.send(await connection.fetch(step.sql, *step.values))
        except StopIteration as stop:
            raise _Finished(stop.value) from None
        except TimeoutError:
            raise Unavailable("the database is too busy to answer") from None
        except asyncpg.QueryCanceledError:
            raise Unavailable("the database took too long to answer") from None
        return step

    async def _open(self) -> "asyncpg.Pool[asyncpg.Record]":
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._dsn,
                    min_size=1,
                    max_size=self._settings.pool_size,
                    statement_cache_size=1_000,
                    server_settings={
                        "jit": "off",
                        # The statements are the same each time: planning them anew costs more
                        # than a plan made for the values at hand would save.
                        "plan_cache_mode": "force_generic_plan",
                        "default_transaction_read_only": "on",
                        "statement_timeout": str(int(self._settings.statement_timeout * 1000)),
                    },
                )
        return self._pool

    async def close(self) -> None:
        """Close what is open."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None
