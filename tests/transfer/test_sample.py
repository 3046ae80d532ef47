import pytest
from sqlalchemy import func, select

from pressroom.cms.content import Author, Comment, Post, PostAuthor, PostStatus
from pressroom.cms.settings import Settings
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session
from pressroom.cms.transfer.sample import load_sample

pytestmark = pytest.mark.anyio


async def test_it_shows_what_a_site_may_have(sqlite_database: Database) -> None:
    settings = Settings(database_url=str(sqlite_database.url))
    report = await load_sample(sqlite_database, settings)
    assert report.taken["posts"] >= 12
    async with reading_session(sqlite_database) as session:
        posts = list(await session.scalars(select(Post)))
        deepest = await session.scalar(select(func.max(Comment.depth)))
        signed = set(await session.scalars(select(PostAuthor.post_id)))
        assert await session.scalar(select(func.count(Author.id)))
    published = [
        post for post in posts if post.status is PostStatus.PUBLISHED and post.published_at
    ]
    assert any(post.published_at > clock.now() for post in published if post.published_at)
    assert any(post.status is PostStatus.DRAFT for post in posts)
    assert any(post.id not in signed for post in published)
    assert deepest is not None
    assert deepest >= 3


async def test_a_second_load_brings_nothing(sqlite_database: Database) -> None:
    settings = Settings(database_url=str(sqlite_database.url))
    await load_sample(sqlite_database, settings)
    assert not (await load_sample(sqlite_database, settings)).taken
