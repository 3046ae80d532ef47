import re

import pytest
from factories import make_author, make_category, make_post
from sqlalchemy import Connection, inspect, text

from pressroom.cms.content import Base
from pressroom.cms.services import site
from pressroom.cms.services.check import check
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.search import search_terms
from pressroom.cms.store.sessions import reading_session, unit_of_work
from pressroom.migrations import migrate

pytestmark = pytest.mark.anyio

SEARCH = {
    "sqlite": "SELECT rowid FROM post_search WHERE post_search MATCH :terms",
    "postgresql": "SELECT post_id FROM post_search WHERE words @@ to_tsquery('simple', :terms)",
}


async def tables(database: Database) -> set[str]:
    async with database.engine.connect() as connection:
        return set(await connection.run_sync(lambda one: inspect(one).get_table_names()))


async def test_models_and_migrations_do_not_differ(database: Database) -> None:
    assert await migrate.differences(database) == []


async def test_migrations_make_the_very_tables_that_the_models_describe(
    empty_database: Database,
) -> None:
    """Also what Alembic does not compare: checks, collations, conditions of indexes."""
    if empty_database.dialect_name != "sqlite":
        pytest.skip("SQLite alone keeps the statements that made its tables")
    async with empty_database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        described = await connection.run_sync(statements)
        await connection.run_sync(Base.metadata.drop_all)
    await migrate.upgrade(empty_database)
    async with empty_database.engine.connect() as connection:
        assert await connection.run_sync(statements) == described


def statements(connection: Connection) -> dict[str, list[str]]:
    rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))
    ours = re.compile("post_search|alembic|sqlite_")
    return {
        name: sorted(line.strip().rstrip(",") for line in statement.splitlines())
        for name, statement in rows
        if not ours.match(name)
    }


async def test_a_new_database_has_everything_pending(empty_database: Database) -> None:
    assert await migrate.current(empty_database) == ()
    pending = await migrate.pending(empty_database)
    await migrate.upgrade(empty_database)
    assert await migrate.current(empty_database) == (pending[-1],)
    assert await migrate.pending(empty_database) == []
    await migrate.upgrade(empty_database)


async def test_down_and_up_again_with_content(database: Database, settings: Settings) -> None:
    author, category = await make_author(database), await make_category(database)
    post = await make_post(database, "Käse", authors=[author], categories=[category], tags=["Tea"])
    await migrate.downgrade(database, "0001")
    assert "post_search" not in await tables(database)
    await migrate.upgrade(database)
    statement = text(SEARCH[database.dialect_name])
    async with reading_session(database) as session:
        terms = {"terms": search_terms("kase", database.dialect_name)}
        assert await session.scalar(statement, terms) == post.id
        assert await check(session) == []
    await migrate.downgrade(database)
    assert await tables(database) <= {"alembic_version"}
    await migrate.upgrade(database)
    async with unit_of_work(database) as session:
        await site.ensure_site(session, settings)
        assert await check(session) == []
