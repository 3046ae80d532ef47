import pytest
from factories import EDITOR, make_author, make_category, make_comment, make_post
from sqlalchemy import text

from pressroom.cms.services import posts
from pressroom.cms.services.check import check
from pressroom.cms.services.posts import UpdatePost
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

DAMAGE = [
    "UPDATE categories SET post_count = 7",
    "UPDATE authors SET post_count = 7",
    "DELETE FROM category_ancestors WHERE distance = 1",
    "DELETE FROM category_posts WHERE position IS NULL",
    "DELETE FROM category_posts WHERE position IS NOT NULL",
    "UPDATE category_posts SET status = 'DRAFT'",
    "UPDATE post_authors SET published_at = NULL",
    "UPDATE posts SET title = 'Another'",
    "UPDATE posts SET version = 2",
    "UPDATE posts SET announced = FALSE",
    "UPDATE posts SET comment_count = 7",
    "UPDATE posts SET thread_count = 7",
    "UPDATE posts SET tombstone_count = 7",
    "UPDATE posts SET last_ordinal = 7",
    "UPDATE comments SET reply_count = 7",
    "UPDATE comments SET path = '----' WHERE depth = 1",
    "DELETE FROM post_search",
    "DELETE FROM retired_slugs",
    "UPDATE retired_slugs SET slug = 'moved-on' WHERE slug = 'moved'",
    "UPDATE retired_slugs SET entity_id = 99",
    "UPDATE bodies SET text = 'Other words.'",
    "DELETE FROM journal WHERE version = 2 AND entity = 'Post'",
    "DELETE FROM journal",
]


async def sound(database: Database) -> None:
    author = await make_author(database)
    outer = await make_category(database)
    inner = await make_category(database, "Inner", outer)
    post = await make_post(database, authors=[author], categories=[inner], tags=["Tea"])
    async with unit_of_work(database) as session:
        for version, slug in enumerate(("moved", "moved-on"), start=1):
            wanted = UpdatePost(id=post.id, version=version, slug=slug)
            await posts.update(session, EDITOR, wanted)
    comment = await make_comment(database, post)
    await make_comment(database, post, comment, body="Indeed.")
    await make_comment(database, post, body="Waiting.", approve=False)


async def test_a_sound_store_has_no_problems(database: Database) -> None:
    await sound(database)
    async with reading_session(database) as session:
        assert await check(session) == []


@pytest.mark.parametrize("damage", DAMAGE)
async def test_damage_is_found(sqlite_database: Database, damage: str) -> None:
    await sound(sqlite_database)
    async with unit_of_work(sqlite_database) as session:
        await session.execute(text(damage))
    async with reading_session(sqlite_database) as session:
        assert await check(session) != []


async def test_damage_is_found_in_postgresql_too(postgresql_database: Database) -> None:
    await sound(postgresql_database)
    async with unit_of_work(postgresql_database) as session:
        for damage in DAMAGE:
            await session.execute(text(damage))
    async with reading_session(postgresql_database) as session:
        assert len(await check(session)) > 10
