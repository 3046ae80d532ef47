"""Filling a database with the corpus, in a few seconds, and finding it again."""

import dataclasses
from typing import Any

from sqlalchemy import Connection, insert, select, text, update

from pressroom.cms.content import (
    Author,
    Base,
    Body,
    Category,
    CategoryAncestor,
    CategoryPost,
    Comment,
    JournalEntry,
    Post,
    PostAuthor,
    Revision,
    Site,
)
from pressroom.cms.services.site import ensure_site
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.search import index_statement
from pressroom.cms.store.sessions import unit_of_work
from pressroom.migrations import migrate

from .corpus import Batch, Corpus, Size

_SETTINGS = Settings(site_title="The Benchmark", site_url="https://benchmark.example")
# Parents come before what refers to them.
_TABLES = {
    "bodies": Body,
    "posts": Post,
    "post_authors": PostAuthor,
    "category_posts": CategoryPost,
    "comments": Comment,
    "revisions": Revision,
    "journal": JournalEntry,
}


async def fill(database_url: str, size: Size) -> None:
    """Give an empty database its tables, the site and the corpus."""
    settings = dataclasses.replace(_SETTINGS, database_url=database_url)
    database = Database(settings)
    try:
        await migrate.upgrade(database)
        async with unit_of_work(database) as session:
            await ensure_site(session, settings)
        await _fill(database, size)
    finally:
        await database.close()


async def _fill(database: Database, size: Size) -> None:
    engine = database.engine.execution_options(writes=True)
    async with engine.begin() as connection:
        corpus = Corpus(size, (await connection.scalars(select(Site.secret))).one())
        await connection.execute(insert(Author), corpus.authors())
        await connection.execute(insert(Category), corpus.categories())
        await connection.execute(insert(CategoryAncestor), corpus.ancestors())
    for batch in corpus.batches():
        async with engine.begin() as connection:
            await connection.run_sync(_store, batch)
    async with engine.begin() as connection:
        await connection.run_sync(_finish, corpus)
    async with database.engine.connect() as connection:
        await connection.execute(text("ANALYZE"))
        await connection.commit()


def _store(connection: Connection, batch: Batch) -> None:
    for name, table in _TABLES.items():
        if rows := getattr(batch, name):
            connection.execute(insert(table), rows)
    dialect = connection.dialect.name
    for post, body in zip(batch.posts, batch.bodies, strict=True):
        connection.execute(index_statement(dialect, post["id"], post["title"], body["text"]))


def _finish(connection: Connection, corpus: Corpus) -> None:
    _store_counts(connection, Author, corpus.posts_by_author)
    _store_counts(connection, Category, corpus.posts_by_category)
    if connection.dialect.name == "postgresql":
        for table in (Author, Body, Category, Comment, Post):
            _advance_sequence(connection, table.__tablename__)


def _store_counts(connection: Connection, table: Any, counts: dict[int, int]) -> None:
    for key, count in counts.items():
        connection.execute(update(table).where(table.id == key).values(post_count=count))


def _advance_sequence(connection: Connection, table: str) -> None:
    """Let the next row's key come after those that were given here."""
    highest = f"SELECT max(id) FROM {Base.metadata.tables[table].name}"
    connection.execute(text(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), ({highest}))"))
