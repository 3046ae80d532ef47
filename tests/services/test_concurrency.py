"""Many writers at once, each in its own unit of work."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress

import pytest
from factories import EDITOR, make_author, make_category, make_post, markdown
from sqlalchemy import func, select

from pressroom.cms.content import Author, Category, JournalEntry, Post, Revision
from pressroom.cms.errors import Refused
from pressroom.cms.services import idempotency, posts
from pressroom.cms.services.check import check
from pressroom.cms.services.posts import CreatePost, UpdatePost
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio


async def add_word(database: Database, post_id: int, word: str) -> None:
    """Add a word to a title, trying again as long as somebody else comes first."""
    while True:
        async with reading_session(database) as session:
            post = await session.get_one(Post, post_id)
        wanted = UpdatePost(id=post_id, version=post.version, title=f"{post.title} {word}")
        with suppress(Refused):
            async with unit_of_work(database) as session:
                await posts.update(session, EDITOR, wanted)
            return


async def test_no_edit_of_twenty_editors_is_lost(database: Database) -> None:
    post = await make_post(database, "Words:")
    words = [f"w{number}" for number in range(20)]
    await asyncio.gather(*(add_word(database, post.id, word) for word in words))
    async with reading_session(database) as session:
        stored = await session.get_one(Post, post.id)
        versions = await session.scalars(select(Revision.version).order_by(Revision.version))
        assert sorted(stored.title.removeprefix("Words: ").split()) == sorted(words)
        assert list(versions) == list(range(1, 22))
        assert await check(session) == []


async def test_fifty_calls_with_one_key_have_one_effect(database: Database) -> None:
    wanted = CreatePost(title="Once", body=markdown("Only."))

    async def call() -> int:
        async with unit_of_work(database) as session:

            async def run() -> dict[str, int]:
                return {"id": (await posts.create(session, EDITOR, wanted)).id}

            answer = await idempotency.once(session, "createPost editor", "key", wanted, run)
            return int(answer["id"])

    answers = await asyncio.gather(*(call() for _ in range(50)))
    assert len(set(answers)) == 1
    async with reading_session(database) as session:
        assert await session.scalar(select(func.count()).select_from(Post)) == 1


async def test_slugs_and_counts_bear_many_new_posts_at_once(database: Database) -> None:
    outer = await make_category(database, "Outer")
    inner = await make_category(database, "Inner", outer)
    authors = [await make_author(database, name) for name in ("Ada", "Grace")]

    def new(number: int) -> Awaitable[Post]:
        return make_post(
            database,
            "Same title",
            authors=authors[:: 1 if number % 2 else -1],
            categories=[inner, outer][:: 1 if number % 3 else -1],
            tags=["Tea", f"T{number % 4}"],
        )

    made = await asyncio.gather(*(new(number) for number in range(24)))
    assert len({post.slug for post in made}) == 24
    async with reading_session(database) as session:
        assert list(await session.scalars(select(Category.post_count))) == [24, 24]
        assert list(await session.scalars(select(Author.post_count))) == [24, 24]
        assert await check(session) == []


async def test_the_journal_is_numbered_in_the_order_of_commits(database: Database) -> None:
    """Whoever reads on from the last number seen passes over nothing."""
    seen: list[int] = []

    async def read_on() -> None:
        after = select(JournalEntry.id).where(JournalEntry.id > max(seen, default=0))
        async with reading_session(database) as session:
            seen.extend(await session.scalars(after.order_by(JournalEntry.id)))

    writers = [asyncio.create_task(make_post(database, f"Post {n}")) for n in range(30)]
    while not all(writer.done() for writer in writers):
        await read_on()
    await asyncio.gather(*writers)
    await read_on()
    async with reading_session(database) as session:
        stored = await session.scalars(select(JournalEntry.id).order_by(JournalEntry.id))
        assert seen == list(stored)
