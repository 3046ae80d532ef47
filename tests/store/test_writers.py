"""Units of work that are committed together."""

import asyncio
from collections.abc import Sequence

import pytest
from services.statements import trace
from sqlalchemy import select, text

from pressroom.cms.actors import SYSTEM
from pressroom.cms.content import ChangeKind, JournalEntry, Tag
from pressroom.cms.errors import PressroomError, Unavailable
from pressroom.cms.store import journal
from pressroom.cms.store.database import Database
from pressroom.cms.store.prepared import DIRECT
from pressroom.cms.store.sessions import reading_session, rehearsal, unit_of_work

pytestmark = pytest.mark.anyio


async def add(database: Database, name: str, *, flush: bool = True) -> str:
    """Store a tag, or fail after it was stored where the name says so."""
    async with unit_of_work(database) as session:
        tag = Tag(slug=name, name=name, name_key=name)
        session.add(tag)
        if flush:
            await session.flush()
            journal.record(session, SYSTEM, name, "Tag", tag.id, ChangeKind.CREATED, public=True)
        if "bad" in name:
            raise ZeroDivisionError(name)
    return name


async def names(database: Database) -> list[str]:
    async with reading_session(database) as session:
        return list(await session.scalars(select(Tag.name).order_by(Tag.id)))


async def actions(database: Database) -> list[str]:
    async with reading_session(database) as session:
        return list(await session.scalars(select(JournalEntry.action).order_by(JournalEntry.id)))


async def commits(database: Database) -> list[str]:
    """Gather the commits that follow."""
    committed: list[str] = []

    def note(statement: str) -> None:
        if statement == "COMMIT":
            committed.append(statement)

    async with unit_of_work(database) as session:
        pass
    trace(session.info[DIRECT].connection, note)
    return committed


async def test_each_of_many_at_once_fails_alone(database: Database) -> None:
    told: list[str] = []
    database.listeners.append(lambda entries: told.extend(entry.action for entry in entries))
    wanted = [f"bad{number}" if number % 3 == 1 else f"tag{number}" for number in range(40)]
    answers = await asyncio.gather(
        *(add(database, name) for name in wanted), return_exceptions=True
    )
    good = [name for name in wanted if "bad" not in name]
    assert [answer for answer in answers if isinstance(answer, str)] == good
    assert all(isinstance(each, str | ZeroDivisionError) for each in answers)
    assert sorted(await names(database)) == sorted(good)
    assert sorted(told) == sorted(good)
    assert await actions(database) == told


async def test_what_the_database_refuses_fails_alone(database: Database) -> None:
    await add(database, "taken", flush=False)
    answers = await asyncio.gather(
        *(add(database, name, flush=False) for name in ("one", "taken", "two")),
        return_exceptions=True,
    )
    assert [isinstance(answer, Exception) for answer in answers] == [False, True, False]
    assert sorted(await names(database)) == ["one", "taken", "two"]


async def test_who_writes_at_once_shares_a_commit(sqlite_database: Database) -> None:
    committed = await commits(sqlite_database)
    await asyncio.gather(*(add(sqlite_database, f"tag{number}") for number in range(20)))
    assert len(committed) < 10
    assert len(await names(sqlite_database)) == 20


async def test_nobody_is_answered_before_the_commit(sqlite_database: Database) -> None:
    committed = await commits(sqlite_database)
    at_answer: list[int] = []

    async def write(name: str) -> None:
        await add(sqlite_database, name)
        assert name in await names(sqlite_database)
        at_answer.append(len(committed))

    await asyncio.gather(*(write(f"tag{number}") for number in range(20)))
    assert min(at_answer) > 0


async def test_a_rehearsal_among_writers_leaves_nothing(database: Database) -> None:
    async def rehearse(name: str) -> None:
        async with rehearsal(database) as session:
            session.add(Tag(slug=name, name=name, name_key=name))
            await session.flush()

    await asyncio.gather(
        *(add(database, f"tag{number}") for number in range(5)),
        *(rehearse(f"rehearsed{number}") for number in range(5)),
        *(add(database, f"later{number}") for number in range(5)),
    )
    assert len(await names(database)) == 10
    assert not any("rehearsed" in name for name in await names(database))


async def test_who_is_cancelled_leaves_the_others_alone(database: Database) -> None:
    tasks = [asyncio.create_task(add(database, f"tag{number}")) for number in range(20)]
    await asyncio.sleep(0)
    for task in tasks[5:10]:
        task.cancel()
    answers: Sequence[object] = await asyncio.gather(*tasks, return_exceptions=True)
    kept = {answer for answer in answers if isinstance(answer, str)}
    assert kept <= set(await names(database))
    assert kept >= {f"tag{number}" for number in (*range(5), *range(10, 20))}


async def test_when_the_disk_is_full_nobody_is_told_otherwise(sqlite_database: Database) -> None:
    await add(sqlite_database, "before")
    async with unit_of_work(sqlite_database) as session:
        direct = session.info[DIRECT].connection
    (pages,) = direct.execute("PRAGMA page_count").fetchone()
    direct.execute(f"PRAGMA max_page_count = {pages}")

    async def fill(name: str) -> str:
        async with unit_of_work(sqlite_database) as session:
            session.add(Tag(slug=name, name=name * 2_000, name_key=name))
        return name

    answers = await asyncio.gather(
        *(fill(f"tag{number}") for number in range(30)), return_exceptions=True
    )
    kept = [answer for answer in answers if isinstance(answer, str)]
    stored = await names(sqlite_database)
    assert [name[: len(name) // 2_000] for name in stored[1:]] == kept
    assert len(kept) < 30
    assert await add(sqlite_database, "after") == "after"
    assert "after" in await names(sqlite_database)


async def test_a_commit_that_fails_is_told_to_all(sqlite_database: Database) -> None:
    """A deferred foreign key is looked at no earlier than at the commit."""

    async def dangle() -> None:
        async with unit_of_work(sqlite_database) as session:
            await session.execute(text("PRAGMA defer_foreign_keys = ON"))
            await session.execute(
                text("INSERT INTO comment_senders (comment_id, purge_at) VALUES (4711, '2999')")
            )

    answers = await asyncio.gather(
        add(sqlite_database, "one"), dangle(), add(sqlite_database, "two"), return_exceptions=True
    )
    stored = await names(sqlite_database)
    assert [answer for answer in answers if isinstance(answer, str)] == stored
    assert any(isinstance(answer, Unavailable) for answer in answers)
    assert all(isinstance(answer, str | PressroomError) for answer in answers)
    await add(sqlite_database, "after")
    assert "after" in await names(sqlite_database)
