"""Readers: what is slow holds up nobody, ends in time, and can be cancelled."""

import asyncio
import dataclasses
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text, update

from pressroom.cms.content import Site
from pressroom.cms.errors import Unavailable
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.reading import Pause, Reading, Statement
from pressroom.cms.store.sessions import unit_of_work
from pressroom.cms.store.sqlite.reader import INLINE_COST

pytestmark = pytest.mark.anyio

SECONDS = 30
SLOW = {
    "sqlite": "WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n)"
    " SELECT max(i) FROM n",
    "postgresql": f"SELECT pg_sleep({SECONDS})",
}
TITLE = Statement("SELECT title FROM sites", ())
COSTS = [0, INLINE_COST + 1]


@pytest.fixture
async def opened(settings: Settings) -> AsyncIterator[Callable[..., Database]]:
    """Opens databases whose settings are the test's own."""
    databases = []

    def opened(**given: Any) -> Database:
        databases.append(Database(dataclasses.replace(settings, **given)))
        return databases[-1]

    yield opened
    for database in databases:
        await database.close()


def read(*statements: Statement) -> Reading[list[Any]]:
    answers = []
    for statement in statements:
        rows = yield statement
        answers.append(rows[0][0])
    return answers


def slow(database: Database) -> Statement:
    return Statement(SLOW[database.dialect_name], ())


@asynccontextmanager
async def reading_slowly(database: Database, cost: int) -> AsyncIterator[asyncio.Task[Any]]:
    """Have the database do something that takes long, for as long as the context lasts."""
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    def reading() -> Reading[None]:
        yield TITLE
        loop.call_soon_threadsafe(begun.set)
        yield slow(database)

    task = asyncio.create_task(database.reader.run(reading(), cost))
    await begun.wait()
    yield task
    task.cancel()
    await asyncio.wait([task])


@pytest.mark.parametrize("cost", COSTS)
async def test_what_is_slow_holds_up_nobody(opened: Callable[..., Database], cost: int) -> None:
    database = opened()
    async with reading_slowly(database, cost) as task:
        for _ in range(20):
            answer = await asyncio.wait_for(database.reader.run(read(TITLE, TITLE)), 2)
            assert answer == ["The Sample"] * 2
        assert not task.done()


@pytest.mark.parametrize("cost", COSTS)
async def test_what_takes_too_long_is_ended(opened: Callable[..., Database], cost: int) -> None:
    database = opened(statement_timeout=0.1, pool_size=1, reading_threads=1)
    with pytest.raises(Unavailable, match="took too long"):
        await database.reader.run(read(TITLE, slow(database)), cost)
    assert await database.reader.run(read(TITLE), cost) == ["The Sample"]


@pytest.mark.parametrize("cost", COSTS)
async def test_who_waits_too_long_for_a_connection_is_told(
    opened: Callable[..., Database], cost: int
) -> None:
    database = opened(pool_timeout=0.1, pool_size=1, reading_threads=1)
    async with reading_slowly(database, cost):
        with pytest.raises(Unavailable, match="too busy"):
            await database.reader.run(read(slow(database)), cost)
    assert await database.reader.run(read(TITLE), cost) == ["The Sample"]


@pytest.mark.parametrize("cost", COSTS)
async def test_what_is_cancelled_is_ended_in_the_database(
    opened: Callable[..., Database], cost: int
) -> None:
    database = opened(statement_timeout=SECONDS, pool_size=1, reading_threads=1)
    async with reading_slowly(database, cost) as task:
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        # Its one connection, or its one thread, is free again.
        answer = database.reader.run(read(TITLE), INLINE_COST + 1)
        assert await asyncio.wait_for(answer, 5) == ["The Sample"]


async def test_whoever_is_cancelled_leaves_the_connection_to_others(
    opened: Callable[..., Database],
) -> None:
    database = opened(pool_size=2)
    for moment in range(30):
        # Each time other statements, so that they are cancelled while they are prepared too.
        asked = Statement(f"SELECT title AS title_{moment} FROM sites", ())
        tasks = [asyncio.create_task(database.reader.run(read(asked, TITLE))) for _ in range(6)]
        for _ in range(moment):
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    reading = [database.reader.run(read(TITLE, TITLE)) for _ in range(6)]
    answers = await asyncio.wait_for(asyncio.gather(*reading), 5)
    assert answers == [["The Sample"] * 2] * 6


async def test_a_closed_reader_runs_nothing_any_more(settings: Settings) -> None:
    database = Database(settings)
    async with reading_slowly(database, INLINE_COST + 1) as task:
        await asyncio.wait_for(database.close(), 5)
        with pytest.raises(Unavailable):
            await task


async def test_a_reading_sees_the_same_content_to_its_end(sqlite_database: Database) -> None:
    begun, changed = asyncio.Event(), threading.Event()
    titles = []

    def reading() -> Reading[list[Any]]:
        titles.append((yield TITLE)[0][0])
        begun.set()
        yield Statement(f"{SLOW['sqlite'].replace('FROM n)', 'FROM n LIMIT 1000000)')}", ())
        # It took so long that it was taken out of the event loop, in the midst of it.
        assert threading.current_thread() is not threading.main_thread()
        assert changed.wait(10)
        titles.append((yield TITLE)[0][0])
        return titles

    task = asyncio.create_task(sqlite_database.reader.run(reading()))
    await begun.wait()
    async with unit_of_work(sqlite_database) as session:
        await session.execute(update(Site).values(title="Changed"))
    changed.set()
    assert await task == ["The Sample", "The Sample"]
    assert await sqlite_database.reader.run(read(TITLE)) == ["Changed"]


@pytest.mark.parametrize(("consistent", "then"), [(True, "The Sample"), (False, "Changed")])
async def test_a_reading_may_ask_for_one_state(
    postgresql_database: Database, consistent: bool, then: str
) -> None:
    begun = asyncio.Event()
    lock = "SELECT pg_advisory_xact_lock(7)"

    def reading() -> Reading[list[Any]]:
        before = (yield TITLE)[0][0]
        begun.set()
        yield Statement(lock, ())
        return [before, (yield TITLE)[0][0]]

    async with unit_of_work(postgresql_database) as session:
        await session.execute(text(lock))
        task = asyncio.create_task(postgresql_database.reader.run(reading(), consistent=consistent))
        await begun.wait()
        await session.execute(update(Site).values(title="Changed"))
    assert await task == ["The Sample", then]


@pytest.mark.parametrize(("cost", "inline"), [(0, True), (INLINE_COST, True), (99_999, False)])
async def test_what_costs_much_runs_in_a_thread(
    sqlite_database: Database, cost: int, inline: bool
) -> None:
    def reading() -> Reading[bool]:
        yield TITLE
        return threading.current_thread() is threading.main_thread()

    assert await sqlite_database.reader.run(reading(), cost) is inline


async def test_pauses_are_awaited_in_the_event_loop(database: Database) -> None:
    async def answer() -> str:
        await asyncio.sleep(0)
        return threading.current_thread().name

    def reading() -> Reading[str]:
        yield TITLE
        name: str = yield Pause(answer)
        return name

    for cost in COSTS:
        assert await database.reader.run(reading(), cost) == threading.main_thread().name


async def test_what_fails_leaves_the_connection_usable(opened: Callable[..., Database]) -> None:
    database = opened(pool_size=1, reading_threads=1)
    for cost in COSTS:
        with pytest.raises(Exception, match="nowhere"):
            await database.reader.run(read(Statement("SELECT * FROM nowhere", ())), cost)
        assert await database.reader.run(read(TITLE), cost) == ["The Sample"]


async def test_a_server_that_is_not_there_is_told(postgresql_settings: Settings) -> None:
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    database = Database(dataclasses.replace(postgresql_settings, database_url=url))
    with pytest.raises(Unavailable, match="cannot be reached"):
        await database.reader.run(read(TITLE))
    await database.close()


async def test_a_connection_that_the_server_ended_is_told_and_replaced(
    postgresql_settings: Settings,
) -> None:
    database = Database(postgresql_settings)
    admin = await asyncpg.connect(postgresql_settings.database_url)
    async with reading_slowly(database, 0) as task:
        # The statement may not have come to the server yet.
        while not await admin.fetch(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep%'"
            " AND state = 'active' AND pid <> pg_backend_pid()"
        ):
            pass
        with pytest.raises(Unavailable, match="cannot be reached"):
            await task
    assert await database.reader.run(read(TITLE)) == ["The Sample"]
    await admin.close()
    await database.close()


async def test_whoever_is_told_of_a_commit_reads_it(opened: Callable[..., Database]) -> None:
    database, other = opened(), opened()

    async def read_on() -> None:
        while True:
            await database.reader.run(read(TITLE, TITLE))
            await asyncio.sleep(0)

    busy = [asyncio.create_task(read_on()) for _ in range(4)]
    for number in range(30):
        async with unit_of_work((database, other)[number % 2]) as session:
            await session.execute(update(Site).values(title=f"{number}"))
        assert await database.reader.run(read(TITLE)) == [f"{number}"]
    for task in busy:
        task.cancel()
    await asyncio.wait(busy)
