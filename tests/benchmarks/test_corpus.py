"""The corpus keeps what the services keep."""

import pytest
from benchmarks.corpus import CATEGORIES, SHORT_THREAD, Size
from benchmarks.filling import fill
from sqlalchemy import func, select

from pressroom.cms.content import Category, Comment, Post
from pressroom.cms.services.check import check
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session


@pytest.mark.anyio
async def test_corpus_is_sound(empty_settings: Settings) -> None:
    size = Size(posts=200, comments=1_000, longest_thread=30)
    await fill(empty_settings.database_url, size)

    database = Database(empty_settings)
    async with reading_session(database) as session:
        assert await check(session) == []
        assert await session.scalar(select(func.count()).select_from(Post)) == size.posts
        comments = select(func.count()).select_from(Comment)
        threads = size.longest_thread + SHORT_THREAD + 2
        assert await session.scalar(comments) == size.comments + threads
        assert await session.scalar(select(func.max(Comment.depth))) == 2
        assert await session.scalar(select(func.count()).select_from(Category)) == CATEGORIES
    await database.close()
