"""WordPress's own test content for themes, where it lies beside the checkout."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from pressroom.cms.content import Category, Comment, CommentStatus, Post, PostStatus
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session
from pressroom.cms.transfer.wordpress.importer import import_wordpress

FILE = Path(__file__).parents[3].parent / "shared" / "content" / "wordpress-theme-test-data.xml"

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.skipif(not FILE.exists(), reason="the file is not beside this checkout"),
]


async def test_it_comes_in_whole_and_once(database: Database, settings: Settings) -> None:
    first = await import_wordpress(database, settings, FILE)
    second = await import_wordpress(database, settings, FILE)
    assert (first.taken["posts"], first.taken["pages"], first.taken["comments"]) == (58, 21, 29)
    assert not sum(second.taken.values())
    async with reading_session(database) as session:
        statuses = select(Post.status, func.count()).group_by(Post.status)
        assert {row[0]: row[1] for row in await session.execute(statuses)} == {
            PostStatus.PUBLISHED: 77,
            PostStatus.DRAFT: 2,
        }
        pending = select(func.count()).where(Comment.status == CommentStatus.PENDING)
        assert await session.scalar(pending) == 3
        assert await session.scalar(select(func.max(Comment.depth))) == 9
        nested = select(func.count()).where(Category.parent_id.is_not(None))
        assert await session.scalar(nested) == 10
