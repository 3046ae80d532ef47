"""What all tests share: a database of their own, and the loop that runs them."""

import dataclasses
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import pytest

from pressroom.cms.renditions.formats.core import FORMATS
from pressroom.cms.renditions.offer.posts import PostRenditions
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database

# Tests import the modules beside this one by their names, which pytest does not provide for.
sys.path.insert(0, str(Path(__file__).parent))

import databases
import serving
from presses import press_of


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def sqlite_databases(tmp_path_factory: pytest.TempPathFactory) -> databases.Databases:
    return databases.SQLiteDatabases(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_databases() -> Iterator[databases.Databases]:
    with databases.postgresql() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def any_databases(request: pytest.FixtureRequest) -> databases.Databases:
    """Run a test on each kind of database."""
    kind: databases.Databases = request.getfixturevalue(f"{request.param}_databases")
    return kind


@pytest.fixture
def settings(any_databases: databases.Databases, tmp_path: Path) -> Iterator[Settings]:
    with _settings(any_databases, any_databases.migrated(), tmp_path) as settings:
        yield settings


@pytest.fixture
def sqlite_settings(sqlite_databases: databases.Databases, tmp_path: Path) -> Iterator[Settings]:
    with _settings(sqlite_databases, sqlite_databases.migrated(), tmp_path) as settings:
        yield settings


@pytest.fixture
def postgresql_settings(
    postgresql_databases: databases.Databases, tmp_path: Path
) -> Iterator[Settings]:
    with _settings(postgresql_databases, postgresql_databases.migrated(), tmp_path) as settings:
        yield settings


@pytest.fixture
def empty_settings(any_databases: databases.Databases, tmp_path: Path) -> Iterator[Settings]:
    with _settings(any_databases, any_databases.empty(), tmp_path) as settings:
        yield settings


@pytest.fixture
async def database(settings: Settings) -> AsyncIterator[Database]:
    """A database of each kind, with its tables and the site."""
    async with _opened(settings) as database:
        yield database


@pytest.fixture
async def sqlite_database(sqlite_settings: Settings) -> AsyncIterator[Database]:
    """A database for tests to which it does not matter which."""
    async with _opened(sqlite_settings) as database:
        yield database


@pytest.fixture
async def postgresql_database(postgresql_settings: Settings) -> AsyncIterator[Database]:
    """A database for tests of what SQLite does not have: many writers at once."""
    async with _opened(postgresql_settings) as database:
        yield database


@pytest.fixture
async def empty_database(empty_settings: Settings) -> AsyncIterator[Database]:
    """A database of each kind, without tables."""
    async with _opened(empty_settings) as database:
        yield database


@pytest.fixture
async def renditions(settings: Settings, database: Database) -> AsyncIterator[PostRenditions]:
    """The renditions of posts, stored in a folder of the test's own."""
    press = press_of(settings)
    yield PostRenditions(database, FORMATS, press)
    await press.close()


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings)
    try:
        yield database
    finally:
        await database.close()


@contextmanager
def _settings(kind: databases.Databases, url: str, folder: Path) -> Iterator[Settings]:
    yield dataclasses.replace(databases.SETTINGS, database_url=url, media_dir=folder / "media")
    kind.drop(url)


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[serving.API]:
    """The API of a database of each kind, as a client has it; `api.app.database` is behind it."""
    async with serving.serving(settings) as api:
        yield api
