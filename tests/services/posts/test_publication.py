from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from factories import EDITOR, make_category, make_post
from sqlalchemy import select

from pressroom.cms.content import Addressed, Category, JournalEntry, Post, RetiredSlug
from pressroom.cms.errors import Refused, UserErrorCode
from pressroom.cms.services import posts
from pressroom.cms.services.check import check
from pressroom.cms.services.posts import UpdatePost, publication, schedule
from pressroom.cms.services.posts.publication import PostAction, PublishPost
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

DAY = timedelta(days=1)


async def publish(database: Database, post: Post, at: datetime | None = None) -> Post:
    async with unit_of_work(database) as session:
        wanted = PublishPost(id=post.id, version=post.version, at=at)
        return await publication.publish(session, EDITOR, wanted)


async def step(database: Database, verb: Callable[..., Awaitable[Any]], post: Post) -> Any:
    async with unit_of_work(database) as session:
        action = PublishPost if verb is publication.publish else PostAction
        return await verb(session, EDITOR, action(id=post.id, version=post.version))


async def told(database: Database, post: Post) -> list[tuple[str, str, int]]:
    """Give what the journal tells readers of a post."""
    async with reading_session(database) as session:
        entries = await session.scalars(
            select(JournalEntry)
            .where(JournalEntry.entity == "Post", JournalEntry.entity_id == post.id)
            .where(JournalEntry.public)
            .order_by(JournalEntry.id)
        )
        return [(entry.action, entry.kind.value, entry.version) for entry in entries]


async def test_a_draft_is_published_now(database: Database) -> None:
    post = await publish(database, await make_post(database, publish=False))
    assert post.status == "PUBLISHED"
    assert post.published_at == post.updated_at
    assert post.version == 2
    assert await told(database, post) == [("publish", "CREATED", 2)]


async def test_the_date_kept_for_a_draft_is_taken(database: Database) -> None:
    then = clock.now() - 30 * DAY
    post = await publish(database, await make_post(database, publish=False, published_at=then))
    assert (post.published_at, post.updated_at) == (then, then)


async def test_the_first_publication_is_remembered(database: Database) -> None:
    first = await make_post(database, published_at=clock.now() - 30 * DAY)
    again = await publish(database, await step(database, publication.unpublish, first))
    assert again.published_at == first.published_at
    assert again.updated_at > first.updated_at
    assert await told(database, again) == [
        ("create", "CREATED", 1),
        ("unpublish", "DELETED", 2),
        ("publish", "CREATED", 3),
    ]


async def test_a_scheduled_post_is_announced_when_its_instant_has_come(database: Database) -> None:
    at = clock.now() + DAY
    post = await publish(database, await make_post(database, publish=False), at)
    assert (post.status, post.published_at, post.updated_at) == ("PUBLISHED", at, at)
    assert await told(database, post) == []
    async with unit_of_work(database) as session:
        assert await schedule.next_due(session) == at
        assert await schedule.announce_due(session) == 0
        assert await schedule.announce_due(session, at) == 1
        assert await schedule.announce_due(session, at) == 0
        assert await schedule.next_due(session) is None
    assert await told(database, post) == [("publish", "CREATED", 2)]


async def test_a_scheduled_post_can_go_out_now_or_be_moved(database: Database) -> None:
    post = await make_post(database, published_at=clock.now() + DAY)
    later = await publish(database, post, clock.now() + 2 * DAY)
    assert later.published_at == later.updated_at
    now = await publish(database, later)
    assert now.published_at is not None
    assert now.published_at <= clock.now()
    assert now.updated_at == now.published_at


async def test_a_scheduled_post_that_is_withdrawn_was_last_saved_now(database: Database) -> None:
    post = await make_post(database, published_at=clock.now() + DAY)
    draft = await step(database, publication.unpublish, post)
    assert draft.updated_at <= clock.now()
    assert await told(database, draft) == []


async def test_the_way_through_archive_and_trash(database: Database) -> None:
    post = await make_post(database)
    for verb, status in (
        (publication.archive, "ARCHIVED"),
        (publication.restore, "DRAFT"),
        (publication.trash, "TRASHED"),
        (publication.restore, "DRAFT"),
    ):
        post = await step(database, verb, post)
        assert post.status == status


NONSENSE = [
    (publication.publish, "PUBLISHED"),
    (publication.publish, "TRASHED"),
    (publication.unpublish, "DRAFT"),
    (publication.unpublish, "ARCHIVED"),
    (publication.archive, "ARCHIVED"),
    (publication.archive, "TRASHED"),
    (publication.trash, "TRASHED"),
    (publication.restore, "DRAFT"),
    (publication.restore, "PUBLISHED"),
    (publication.delete, "DRAFT"),
    (publication.delete, "PUBLISHED"),
    (publication.delete, "ARCHIVED"),
]
WAYS = {"DRAFT": "restore", "ARCHIVED": "archive", "TRASHED": "trash"}


@pytest.mark.parametrize(("verb", "status"), NONSENSE)
async def test_a_step_that_makes_no_sense_is_refused(
    sqlite_database: Database, verb: Callable[..., Awaitable[Any]], status: str
) -> None:
    post = await make_post(sqlite_database, publish=status == "PUBLISHED")
    if status not in {"PUBLISHED", "DRAFT"}:
        post = await step(sqlite_database, getattr(publication, WAYS[status]), post)
    with pytest.raises(Refused) as refused:
        await step(sqlite_database, verb, post)
    assert refused.value.errors[0].code == UserErrorCode.INVALID


async def test_a_deleted_post_leaves_only_a_tombstone(database: Database) -> None:
    category = await make_category(database)
    post = await make_post(database, "Old", categories=[category], tags=["Tea"])
    trashed = await step(database, publication.trash, post)
    assert await step(database, publication.delete, trashed) == post.id
    async with reading_session(database) as session:
        assert await session.get(Post, post.id) is None
        gone = await session.get_one(RetiredSlug, (Addressed.POST, "old"))
        assert gone.entity_id is None
        assert (await session.get_one(Category, category.id)).post_count == 0
        assert await check(session) == []
    assert (await make_post(database, "Old")).slug == "old-2"
    assert (await make_post(database, "New", slug="old")).slug == "old"


async def test_an_old_address_leads_on_once_somebody_has_seen_it(database: Database) -> None:
    post = await make_post(database, "First", publish=False)
    for slug, published in (("second", True), ("third", False), ("second", False)):
        if published:
            post = await publish(database, post)
        async with unit_of_work(database) as session:
            wanted = UpdatePost(id=post.id, version=post.version, slug=slug)
            post = await posts.update(session, EDITOR, wanted)
    async with reading_session(database) as session:
        retired = await session.scalars(select(RetiredSlug).order_by(RetiredSlug.slug))
        assert [(one.slug, one.entity_id) for one in retired] == [
            ("first", post.id),
            ("third", post.id),
        ]
    with pytest.raises(Refused) as refused:
        await make_post(database, slug="third")
    assert refused.value.errors[0].code == UserErrorCode.TAKEN
    assert (await make_post(database, "Third")).slug == "third-2"
