"""The database: engines for writing, readers for compiled statements, made from one address."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from ..content import JournalEntry
from ..settings import Settings
from .lane import lower
from .postgresql_reader import PostgreSQLReader
from .reading import Reader
from .sqlite_reader import SQLiteReader
from .turn import Turn

WRITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # An acknowledged comment must survive a power cut, not only a crash of the process.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
)


class Database:
    """One database, SQLite or PostgreSQL, as its address says."""

    def __init__(self, settings: Settings) -> None:
        self.url = make_url(settings.database_url)
        self.dialect_name = self.url.get_backend_name()
        self.engine = _engine(self.url, settings)
        self.reader = _reader(self.url, settings)
        self.turn: AbstractAsyncContextManager[Any] = (
            Turn(settings.write_timeout) if self.dialect_name == "sqlite" else nullcontext()
        )
        """Held by the one who writes, where there can be only one."""
        self.listeners: list[Callable[[Sequence[JournalEntry]], None]] = []
        """Called with the journal's new entries after each commit."""

    async def close(self) -> None:
        """Give all connections back."""
        await self.reader.close()
        await self.engine.dispose()


def _engine(url: URL, settings: Settings) -> AsyncEngine:
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, settings)
    return create_async_engine(
        url.set(drivername="postgresql+asyncpg"),
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_timeout=settings.write_timeout,
        pool_pre_ping=True,
        connect_args={
            "timeout": settings.write_timeout,
            "server_settings": {"lock_timeout": str(int(settings.write_timeout * 1000))},
        },
    )


def _sqlite_engine(url: URL, settings: Settings) -> AsyncEngine:
    if url.database and url.database != ":memory:":
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        pool_timeout=settings.write_timeout,
        # Other processes may be writing.
        connect_args={"timeout": settings.write_timeout},
    )
    event.listen(engine.sync_engine, "connect", _prepare)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: `_begin` says which kind.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in WRITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()
    # What is read before a commit is read here, by the statements of those that read.
    connection.create_function("lower", 1, lower, deterministic=True)


def _begin(connection: Connection) -> None:
    # A transaction that begins by reading and writes later would fail when another has written
    # in between; one that is to write therefore takes its turn at the beginning.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _reader(url: URL, settings: Settings) -> Reader:
    if url.get_backend_name() == "sqlite":
        return SQLiteReader(url.database or ":memory:", settings)
    return PostgreSQLReader(url, settings)
