"""The database: engines, readers and writers, made from one address."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncEngine

from ..content import JournalEntry
from ..settings import Settings
from .postgresql.engine import postgresql_engine
from .postgresql.reader import PostgreSQLReader
from .postgresql.writer import PostgreSQLWriter
from .reading import Reader
from .sqlite.connection import sqlite_engine
from .sqlite.reader import SQLiteReader
from .sqlite.writer import SQLiteWriter
from .writing import Writer


class Database:
    """One database, SQLite or PostgreSQL, as its address says."""

    def __init__(self, settings: Settings) -> None:
        self.url = make_url(settings.database_url)
        self.dialect_name = self.url.get_backend_name()
        self.listeners: list[Callable[[Sequence[JournalEntry]], None]] = []
        """Called with the journal's new entries after each commit."""
        self.engine = _engine(self.url, settings)
        self.reader = _reader(self.url, settings)
        self.writer: Writer = (
            SQLiteWriter(self.engine, settings, self.listeners)
            if self.dialect_name == "sqlite"
            else PostgreSQLWriter(self.engine, self.listeners)
        )

    @property
    def turn(self) -> AbstractAsyncContextManager[None]:
        """Held by who writes past the units of work, where there can be only one that writes."""
        return self.writer.alone()

    async def close(self) -> None:
        """Give all connections back."""
        await self.reader.close()
        await self.writer.close()
        await self.engine.dispose()


def _engine(url: URL, settings: Settings) -> AsyncEngine:
    if url.get_backend_name() == "sqlite":
        if url.database and url.database != ":memory:":
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        return sqlite_engine(url, settings)
    return postgresql_engine(url, settings)


def _reader(url: URL, settings: Settings) -> Reader:
    if url.get_backend_name() == "sqlite":
        return SQLiteReader(url.database or ":memory:", settings)
    return PostgreSQLReader(url, settings)
