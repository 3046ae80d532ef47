"""Importing comments."""

from datetime import UTC, datetime
from typing import Any

import factories
import pytest
from comments.recomputed import assert_right
from services.commenting import Commenting, faults
from sqlalchemy import func, select

from pressroom.cms.actors import SYSTEM
from pressroom.cms.content import CommentSender, CommentStatus
from pressroom.cms.errors import Refused, UserErrorCode
from pressroom.cms.services.comments.importing import ImportComment, Imported, import_comment
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

LONG_AGO = datetime(2008, 5, 1, 12, 30, tzinfo=UTC)


@pytest.fixture
async def commenting(database: Database, settings: Settings) -> Commenting:
    return Commenting(database, settings, await factories.make_post(database))


async def imported(commenting: Commenting, source_key: str, **fields: Any) -> Imported:
    given: dict[str, Any] = {
        "post_id": commenting.post.id,
        "author_name": "Ada",
        "body": "Well said.",
        "status": CommentStatus.APPROVED,
        "submitted_at": LONG_AGO,
        "source_key": source_key,
    }
    async with unit_of_work(commenting.database) as session:
        return await import_comment(
            session, commenting.settings, SYSTEM, ImportComment(**(given | fields))
        )


async def test_a_comment_comes_as_it_was(commenting: Commenting) -> None:
    edited = datetime(2009, 1, 1, tzinfo=UTC)
    comment = (await imported(commenting, "a", verified=True, edited_at=edited)).comment
    stored = await commenting.stored(comment.id)
    assert (stored.submitted_at, stored.edited_at) == (LONG_AGO, edited)
    assert (stored.status, stored.verified) == (CommentStatus.APPROVED, True)
    assert await commenting.journal() == [("import", comment.id, "CREATED", True)]


async def test_a_second_run_doubles_nothing(commenting: Commenting) -> None:
    first = await imported(commenting, "a")
    second = await imported(commenting, "a", body="Changed since.")
    assert (first.created, second.created) == (True, False)
    assert second.comment.id == first.comment.id
    assert (await commenting.stored(first.comment.id)).markdown == "Well said."
    await assert_right(commenting.database, commenting.post.id)


async def test_replies_to_hidden_comments_stand_below_tombstones(commenting: Commenting) -> None:
    spam = (await imported(commenting, "a", status=CommentStatus.SPAM)).comment
    waiting = (
        await imported(commenting, "b", parent_id=spam.id, status=CommentStatus.PENDING)
    ).comment
    assert await assert_right(commenting.database, commenting.post.id) == []
    reply = (await imported(commenting, "c", parent_id=waiting.id)).comment
    seen = await assert_right(commenting.database, commenting.post.id)
    assert [comment.id for comment in seen] == [spam.id, waiting.id, reply.id]


async def test_drafts_and_closed_posts_take_comments(commenting: Commenting) -> None:
    draft = await factories.make_post(
        commenting.database, title="Draft", publish=False, comments_open=False
    )
    assert (await imported(commenting, "a", post_id=draft.id)).created


async def test_what_cannot_be_kept_is_left_out(commenting: Commenting) -> None:
    comment = (
        await imported(
            commenting,
            "a",
            author_name="\u202e" + "x" * 200,
            author_email="nobody",
            author_url="javascript:alert(1)",
            body="x" * 20_000,
        )
    ).comment
    assert comment.author_name == "x" * 80
    assert comment.author_url is None
    assert len(comment.markdown) == 20_000
    assert (await imported(commenting, "b", author_name="\0")).comment.author_name == "Anonymous"


async def test_old_addresses_are_not_kept(commenting: Commenting) -> None:
    await imported(commenting, "a", author_email="ada@example.org")
    now = datetime.now(UTC)
    await imported(commenting, "b", author_email="ada@example.org", submitted_at=now)
    async with reading_session(commenting.database) as session:
        assert await session.scalar(select(func.count()).select_from(CommentSender)) == 1


async def test_a_removed_comment_comes_without_words(commenting: Commenting) -> None:
    removed = (await imported(commenting, "a", status=CommentStatus.REMOVED)).comment
    assert (removed.author_name, removed.markdown) == ("", "")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"post_id": 4711}, (UserErrorCode.NOT_FOUND, "postId")),
        ({"parent_id": 4711}, (UserErrorCode.NOT_FOUND, "parentId")),
        ({"body": "x" * 65_536}, (UserErrorCode.TOO_LONG, "body")),
    ],
)
async def test_what_has_no_place_is_refused(
    commenting: Commenting, fields: dict[str, Any], expected: tuple[UserErrorCode, str]
) -> None:
    with pytest.raises(Refused) as refused:
        await imported(commenting, "a", **fields)
    assert faults(refused.value) == [expected]
