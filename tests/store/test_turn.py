"""Waiting for the turn to write, and being cancelled."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Callable, Sequence

import pytest
from services.statements import trace
from sqlalchemy import event, select, update

from pressroom.cms.actors import SYSTEM
from pressroom.cms.content import ChangeKind, JournalEntry, Site, Tag
from pressroom.cms.errors import Unavailable
from pressroom.cms.settings import Settings
from pressroom.cms.store import journal
from pressroom.cms.store.database import Database
from pressroom.cms.store.prepared import DIRECT
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio


@pytest.fixture
async def hurried(settings: Settings) -> AsyncIterator[Database]:
    """A second process's database, in which nobody waits for long."""
    database = Database(dataclasses.replace(settings, write_timeout=0.5))
    yield database
    await database.close()


async def rename(database: Database, title: str) -> None:
    async with unit_of_work(database) as session:
        await session.execute(update(Site).values(title=title))


async def before_commits(database: Database, act: Callable[[], object]) -> None:
    """Act when the database is about to commit."""
    event.listen(database.engine.sync_engine, "commit", lambda _: act())
    loop = asyncio.get_running_loop()

    def note(statement: str) -> None:
        if statement == "COMMIT":
            loop.call_soon_threadsafe(act)

    async with unit_of_work(database) as session:
        connection = session.info[DIRECT].connection
    if database.dialect_name == "sqlite":
        trace(connection, note)


async def title(database: Database) -> str | None:
    async with reading_session(database) as session:
        return await session.scalar(select(Site.title))


async def names(database: Database) -> list[str]:
    async with reading_session(database) as session:
        return list(await session.scalars(select(Tag.name)))


async def test_who_waits_too_long_is_told_and_stores_nothing(hurried: Database) -> None:
    before = await title(hurried)
    async with unit_of_work(hurried) as session:
        await session.execute(update(Site).values(tagline="Busy"))
        with pytest.raises(Unavailable, match="nothing of this was stored"):
            await rename(hurried, "Late")
    assert await title(hurried) == before
    await rename(hurried, "In time")
    assert await title(hurried) == "In time"


async def test_who_waits_for_another_process_is_told(database: Database, hurried: Database) -> None:
    async with unit_of_work(database) as session:
        await session.execute(update(Site).values(tagline="Busy"))
        with pytest.raises(Unavailable, match="nothing of this was stored"):
            await rename(hurried, "Late")
    await rename(hurried, "In time")


async def test_who_is_cancelled_before_the_end_stores_nothing(database: Database) -> None:
    begun = asyncio.Event()

    async def write() -> None:
        async with unit_of_work(database) as session:
            session.add(Tag(slug="tea", name="Tea", name_key="tea"))
            await session.flush()
            begun.set()
            await asyncio.Event().wait()

    writing = asyncio.create_task(write())
    await begun.wait()
    writing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert await names(database) == []
    await rename(database, "Free again")


async def test_what_is_being_committed_is_stored_and_told(database: Database) -> None:
    told: list[Sequence[JournalEntry]] = []
    database.listeners.append(told.append)

    async def write() -> None:
        async with unit_of_work(database) as session:
            session.add(Tag(slug="tea", name="Tea", name_key="tea"))
            journal.record(session, SYSTEM, "create", "Tag", 1, ChangeKind.CREATED, public=True)

    def stop() -> None:
        writing.cancel()

    await before_commits(database, stop)
    writing = asyncio.create_task(write())
    with pytest.raises(asyncio.CancelledError):
        await writing
    assert await names(database) == ["Tea"]
    assert [entry.action for entries in told for entry in entries] == ["create"]
