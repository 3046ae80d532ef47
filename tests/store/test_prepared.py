"""Prepared statements, in the same transaction as what the session does."""

from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from pressroom.cms.content import Tag
from pressroom.cms.store.database import Database
from pressroom.cms.store.prepared import Prepared
from pressroom.cms.store.sessions import reading_session, rehearsal, unit_of_work

pytestmark = pytest.mark.anyio

_TAGS = Tag.__table__
_INSERT = Prepared(insert(_TAGS), "slug", "name", "name_key")
_NAMES = Prepared(select(_TAGS.c.name).order_by(_TAGS.c.id))

Add = Callable[[AsyncSession, str], Awaitable[None]]


async def by_statement(session: AsyncSession, name: str) -> None:
    await _INSERT.rows(session, {"slug": name, "name": name, "name_key": name})


async def by_session(session: AsyncSession, name: str) -> None:
    session.add(Tag(slug=name, name=name, name_key=name))
    await session.flush()


BOTH_ORDERS = pytest.mark.parametrize(
    ("first", "second"), [(by_statement, by_session), (by_session, by_statement)]
)


async def names(session: AsyncSession) -> list[str]:
    return [name for (name,) in await _NAMES.rows(session, {})]


async def stored(database: Database) -> list[str]:
    async with reading_session(database) as session:
        return await names(session)


async def add_and_fail(database: Database, *ways: Add) -> None:
    async with unit_of_work(database) as session:
        for number, add in enumerate(ways):
            await add(session, f"tag{number}")
        raise ZeroDivisionError


async def add_all(database: Database, *wanted: str) -> None:
    async with unit_of_work(database) as session:
        for name in wanted:
            await by_statement(session, name)


@BOTH_ORDERS
async def test_both_see_each_other_and_are_stored(
    database: Database, first: Add, second: Add
) -> None:
    async with unit_of_work(database) as session:
        await first(session, "one")
        await second(session, "two")
        assert await names(session) == ["one", "two"]
        assert list(await session.scalars(select(Tag.name).order_by(Tag.id))) == ["one", "two"]
        assert await stored(database) == []
    assert await stored(database) == ["one", "two"]


async def test_one_alone_is_stored(database: Database) -> None:
    for add in (by_statement, by_session):
        async with unit_of_work(database) as session:
            await add(session, add.__name__)
    assert await stored(database) == ["by_statement", "by_session"]


@BOTH_ORDERS
async def test_both_are_undone(database: Database, first: Add, second: Add) -> None:
    for ways in ((first,), (first, second)):
        with pytest.raises(ZeroDivisionError):
            await add_and_fail(database, *ways)
        assert await stored(database) == []


@BOTH_ORDERS
async def test_a_rehearsal_undoes_both(database: Database, first: Add, second: Add) -> None:
    async with rehearsal(database) as session:
        await first(session, "one")
        await second(session, "two")
        assert await names(session) == ["one", "two"]
    assert await stored(database) == []


@BOTH_ORDERS
async def test_a_savepoint_undoes_both(database: Database, first: Add, second: Add) -> None:
    async with unit_of_work(database) as session:
        await first(session, "before")
        savepoint = await session.begin_nested()
        await first(session, "one")
        await second(session, "two")
        await savepoint.rollback()
        await second(session, "after")
    assert await stored(database) == ["before", "after"]


async def test_what_the_database_refuses_leaves_nothing(database: Database) -> None:
    await add_all(database, "taken")
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        await add_all(database, "free", "taken")
    assert await stored(database) == ["taken"]
    await add_all(database, "free")
    assert await stored(database) == ["taken", "free"]
