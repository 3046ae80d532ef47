"""The database that a command works on."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from pressroom.migrations import migrate as migrations

from ..plugins import branches_of, installed_plugins
from ..services.site import ensure_site
from ..settings import Settings
from ..store.database import Database
from ..store.sessions import unit_of_work

Answer = TypeVar("Answer")

_KINDS = ("sqlite", "postgresql")


def run(coroutine: Coroutine[Any, Any, Answer]) -> Answer:
    """Run a command's work to its end."""
    return asyncio.run(coroutine)


@asynccontextmanager
async def migrated_database(settings: Settings) -> AsyncIterator[Database]:
    """Open a database whose tables are as this release wants them, or fail and say what to do."""
    _check_address(settings)
    if _is_missing_file(settings):
        raise _unmigrated("There is no database yet")
    async with _opened(settings) as database:
        if await _pending(database, settings):
            raise _unmigrated("The database's tables are not those of this release")
        yield database


async def migrate(settings: Settings) -> list[str]:
    """Bring the database up to date, make the site, and name the revisions that were missing."""
    _check_address(settings)
    async with _opened(settings) as database:
        missing = await _pending(database, settings)
        await migrations.upgrade(database, branches=branches_of(installed_plugins()))
        async with unit_of_work(database) as session:
            await ensure_site(session, settings)
    return missing


async def take_back(settings: Settings, revision: str) -> None:
    """Take the database back to a revision. Raises alembic's CommandError for one there is not."""
    _check_address(settings)
    async with _opened(settings) as database:
        await _pending(database, settings)
        await migrations.downgrade(database, revision, branches_of(installed_plugins()))


def shown_address(settings: Settings) -> str:
    """Give the database's address without its password."""
    return make_url(settings.database_url).render_as_string(hide_password=True)


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings)
    try:
        yield database
    finally:
        await database.close()


async def _pending(database: Database, settings: Settings) -> list[str]:
    try:
        return await migrations.pending(database, branches_of(installed_plugins()))
    except OSError as error:
        told = f"{shown_address(settings)} cannot be reached: {error}"
        raise click.ClickException(told) from error


def _check_address(settings: Settings) -> None:
    try:
        kind = make_url(settings.database_url).get_backend_name()
    except ArgumentError as error:
        raise click.UsageError("PRESSROOM_DATABASE_URL: not an address of a database") from error
    if kind not in _KINDS:
        message = f"PRESSROOM_DATABASE_URL: {kind!r} is none of {', '.join(_KINDS)}"
        raise click.UsageError(message)


def _is_missing_file(settings: Settings) -> bool:
    url = make_url(settings.database_url)
    return url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file()


def _unmigrated(problem: str) -> click.ClickException:
    return click.ClickException(f"{problem}. Run this first: pressroom migrate")
