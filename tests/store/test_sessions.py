from collections.abc import Sequence

import pytest
from sqlalchemy import select, text

from pressroom.cms.actors import SYSTEM
from pressroom.cms.content import ChangeKind, JournalEntry, Tag
from pressroom.cms.store import journal
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio


async def names(database: Database) -> list[str]:
    async with reading_session(database) as session:
        return list(await session.scalars(select(Tag.name)))


async def fail(database: Database) -> None:
    async with unit_of_work(database) as session:
        session.add(Tag(slug="tea", name="Tea", name_key="tea"))
        await session.flush()
        journal.record(session, SYSTEM, "create", "Tag", 1, ChangeKind.CREATED, public=True)
        raise ZeroDivisionError


async def test_a_unit_of_work_is_stored_at_its_end(database: Database) -> None:
    async with unit_of_work(database) as session:
        session.add(Tag(slug="tea", name="Tea", name_key="tea"))
    assert await names(database) == ["Tea"]


async def test_a_unit_of_work_that_fails_leaves_nothing(database: Database) -> None:
    told: list[Sequence[JournalEntry]] = []
    database.listeners.append(told.append)
    with pytest.raises(ZeroDivisionError):
        await fail(database)
    assert await names(database) == []
    assert told == []


async def test_what_a_reading_session_changes_is_thrown_away(database: Database) -> None:
    async with reading_session(database) as session:
        session.add(Tag(slug="tea", name="Tea", name_key="tea"))
        await session.flush()
    assert await names(database) == []


async def test_listeners_are_told_of_the_journal_after_the_commit(database: Database) -> None:
    told: list[str] = []
    database.listeners.append(lambda entries: told.extend(entry.action for entry in entries))
    async with unit_of_work(database) as session:
        journal.record(session, SYSTEM, "create", "Tag", 1, ChangeKind.CREATED, public=True)
        assert told == []
    assert told == ["create"]


async def test_foreign_keys_are_held(sqlite_database: Database) -> None:
    async with unit_of_work(sqlite_database) as session:
        assert await session.scalar(text("PRAGMA foreign_keys")) == 1
        assert await session.scalar(text("PRAGMA synchronous")) == 2
        assert await session.scalar(text("PRAGMA journal_mode")) == "wal"
