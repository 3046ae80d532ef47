from datetime import UTC, datetime

import pytest
from factories import EDITOR, make_post, markdown

from pressroom.cms.content import Addressed, Post, PostStatus, RetiredSlug
from pressroom.cms.errors import Refused
from pressroom.cms.services.check import check
from pressroom.cms.services.posts.importing import ImportPost, find_by_source_key, import_post
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

CREATED, PUBLISHED, UPDATED = (datetime(2016, month, 1, tzinfo=UTC) for month in (1, 2, 3))


async def bring_in(database: Database, **fields: object) -> Post:
    wanted = ImportPost(body=markdown("Text."), **fields)  # type: ignore[arg-type] # each test gives its own fields
    async with unit_of_work(database) as session:
        return await import_post(session, EDITOR, wanted)


async def test_the_dates_are_stored_as_they_are_given(database: Database) -> None:
    post = await bring_in(
        database,
        title="",
        slug="%e3%81%82" * 20,
        status=PostStatus.PUBLISHED,
        created_at=CREATED,
        published_at=PUBLISHED,
        updated_at=UPDATED,
        source_key="wp:1",
        former_slugs=["old", "taken"],
    )
    assert (post.created_at, post.published_at, post.updated_at) == (CREATED, PUBLISHED, UPDATED)
    assert (post.slug, post.version, post.announced) == ("%e3%81%82" * 20, 1, True)
    async with reading_session(database) as session:
        assert (await find_by_source_key(session, ["wp:1", "wp:2"])).keys() == {"wp:1"}
        old = await session.get_one(RetiredSlug, (Addressed.POST, "old"))
        assert old.entity_id == post.id
        assert await check(session) == []


async def test_a_slug_that_is_taken_gets_a_number(database: Database) -> None:
    await make_post(database, "Hello")
    assert (await bring_in(database, title="Other", slug="hello")).slug == "hello-2"


async def test_a_date_follows_from_the_others(database: Database) -> None:
    post = await bring_in(
        database, title="One", status=PostStatus.PUBLISHED, published_at=PUBLISHED
    )
    assert (post.created_at, post.updated_at) == (PUBLISHED, PUBLISHED)


async def test_a_published_post_needs_its_date(sqlite_database: Database) -> None:
    with pytest.raises(Refused) as refused:
        await bring_in(sqlite_database, title="One", status=PostStatus.PUBLISHED)
    assert refused.value.errors[0].path == ("publishedAt",)
