"""Units of work on PostgreSQL that end otherwise than they should, and the journal's order."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, TypeAlias

import asyncpg
import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from pressroom.cms.actors import SYSTEM
from pressroom.cms.content import ChangeKind, JournalEntry, Site, Tag
from pressroom.cms.settings import Settings
from pressroom.cms.store import journal
from pressroom.cms.store.database import Database
from pressroom.cms.store.prepared import DIRECT, Prepared
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

Beside: TypeAlias = "asyncpg.Connection[asyncpg.Record]"

_INSERT = Prepared(insert(Tag.__table__), "slug", "name", "name_key")
_LOCK_SITE = Prepared(select(Site.__table__.c.id).with_for_update())
_OWN_PROCESS = Prepared(select(func.pg_backend_pid()))
_END = Prepared(select(func.pg_terminate_backend(func.pg_backend_pid())))
_WAITING = "SELECT pid FROM pg_locks WHERE NOT granted"


@pytest.fixture
async def narrow(postgresql_settings: Settings) -> AsyncIterator[Database]:
    """A database with one connection to write by."""
    database = Database(dataclasses.replace(postgresql_settings, pool_size=1))
    yield database
    await database.close()


@pytest.fixture
async def beside(postgresql_settings: Settings) -> AsyncIterator[Beside]:
    """A connection of somebody else's."""
    connection = await asyncpg.connect(postgresql_settings.database_url)
    yield connection
    await connection.close()


async def add(session: AsyncSession, name: str) -> None:
    await _INSERT.rows(session, {"slug": name, "name": name, "name_key": name})


async def run(
    database: Database, name: str, rest: Callable[[AsyncSession], Awaitable[Any]]
) -> None:
    """Store a tag, with its entry in the journal, and do the rest."""
    async with unit_of_work(database) as session:
        await add(session, name)
        journal.record(session, SYSTEM, "create", "Tag", 1, ChangeKind.CREATED, public=True)
        await rest(session)


async def names(database: Database) -> list[str]:
    async with reading_session(database) as session:
        return list(await session.scalars(select(Tag.name).order_by(Tag.id)))


async def process_of(session: AsyncSession) -> int:
    ((process,),) = await _OWN_PROCESS.rows(session, {})
    return int(process)


async def until_waiting(beside: Beside, writing: "asyncio.Task[None]") -> None:
    """Return when a task waits for a lock."""
    while not await beside.fetch(_WAITING):
        assert not writing.done()


async def test_what_is_refused_is_told_as_sqlalchemy_does(narrow: Database) -> None:
    with pytest.raises(IntegrityError) as caught:
        await run(narrow, "taken", lambda session: add(session, "taken"))
    assert getattr(caught.value.orig, "sqlstate", None) == "23505"
    assert await names(narrow) == []


async def test_a_commit_that_fails_stores_nothing_and_tells_nobody(narrow: Database) -> None:
    told: list[object] = []
    async with unit_of_work(narrow) as session:
        await session.execute(
            text("CREATE TABLE promises (id int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED)")
        )
    narrow.listeners.append(told.append)
    broken = Prepared(text("INSERT INTO promises VALUES (1), (1)").columns())
    with pytest.raises(IntegrityError):
        await run(narrow, "tea", lambda session: broken.rows(session, {}))
    assert await names(narrow) == []
    assert told == []
    async with unit_of_work(narrow) as session:
        await add(session, "after")
    assert await names(narrow) == ["after"]


async def test_a_connection_that_ends_in_the_midst_is_replaced(narrow: Database) -> None:
    with pytest.raises(DBAPIError):
        await run(narrow, "tea", lambda session: _END.rows(session, {}))
    async with unit_of_work(narrow) as session:
        await add(session, "after")
    assert await names(narrow) == ["after"]


async def test_a_connection_that_ended_since_is_replaced(narrow: Database, beside: Beside) -> None:
    ended = asyncio.Event()
    async with unit_of_work(narrow) as session:
        process = await process_of(session)
        session.info[DIRECT].connection.add_termination_listener(lambda _: ended.set())
    await beside.execute("SELECT pg_terminate_backend($1)", process)
    await ended.wait()
    async with unit_of_work(narrow) as session:
        assert await process_of(session) != process
        await add(session, "after")
    assert await names(narrow) == ["after"]


async def test_who_is_cancelled_while_a_statement_runs_leaves_nothing(
    narrow: Database, beside: Beside
) -> None:
    async with beside.transaction():
        await beside.execute("SELECT FROM sites FOR UPDATE")
        writing = asyncio.create_task(
            run(narrow, "tea", lambda session: _LOCK_SITE.rows(session, {}))
        )
        await until_waiting(beside, writing)
        writing.cancel()
        with pytest.raises(asyncio.CancelledError):
            await writing
        async with unit_of_work(narrow) as session:
            await add(session, "after")
    assert await names(narrow) == ["after"]


async def test_numbers_are_given_when_the_turn_to_commit_has_come(
    narrow: Database, beside: Beside
) -> None:
    """Another writer, who has the turn, gets its numbers before who waits for it."""
    turn = "SELECT pg_advisory_xact_lock(1886548848)"
    number = "SELECT nextval(pg_get_serial_sequence('journal', 'id'))"

    async def write() -> None:
        async with unit_of_work(narrow) as session:
            for action in ("create", "update"):
                journal.record(session, SYSTEM, action, "Tag", 1, ChangeKind.CREATED, public=True)

    async with beside.transaction():
        await beside.execute(turn)
        writing = asyncio.create_task(write())
        await until_waiting(beside, writing)
        taken = await beside.fetchval(number)
    await writing
    async with reading_session(narrow) as session:
        entries = await session.execute(
            select(JournalEntry.id, JournalEntry.action).order_by(JournalEntry.id)
        )
    assert [tuple(entry) for entry in entries] == [(taken + 1, "create"), (taken + 2, "update")]
