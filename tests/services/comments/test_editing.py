"""What senders do with their edit tokens."""

from datetime import UTC, datetime, timedelta

import factories
import pytest
from comments.recomputed import assert_right
from services.commenting import Commenting, faults
from sqlalchemy import func, select, update

from pressroom.cms.comments import avatars
from pressroom.cms.comments.tokens import edit_token
from pressroom.cms.content import Comment, CommentSender, CommentStatus, Site
from pressroom.cms.errors import Refused, UserErrorCode
from pressroom.cms.services.comments import Submitted
from pressroom.cms.services.comments.moderation import ModerationAction
from pressroom.cms.settings import Moderation, Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

INVALID, NOT_FOUND = UserErrorCode.INVALID, UserErrorCode.NOT_FOUND


@pytest.fixture
async def commenting(database: Database, settings: Settings) -> Commenting:
    return Commenting(database, settings, await factories.make_post(database))


async def make_old(commenting: Commenting, comment_id: int) -> None:
    async with unit_of_work(commenting.database) as session:
        await session.execute(
            update(Comment)
            .where(Comment.id == comment_id)
            .values(submitted_at=datetime.now(UTC) - timedelta(minutes=16))
        )


async def test_an_edit_gives_a_new_body(commenting: Commenting) -> None:
    open_door = commenting.unmoderated()
    submitted = await open_door.submit("A tpyo.")
    before = await commenting.post_now()
    await open_door.edit(submitted, "A *typo*.")
    comment = await commenting.stored(submitted.comment.id)
    assert (comment.markdown, comment.text) == ("A *typo*.", "A typo.")
    assert comment.status is CommentStatus.APPROVED
    assert comment.edited_at is not None
    assert comment.version == 2
    after = await commenting.post_now()
    assert after.comments_version == before.comments_version + 1
    assert (await commenting.journal())[-1] == ("edit", comment.id, "UPDATED", True)


async def test_an_edit_of_a_waiting_comment_is_not_public(commenting: Commenting) -> None:
    submitted = await commenting.submit("A tpyo.")
    edited = await commenting.unmoderated().edit(submitted, "A typo.")
    assert edited.status is CommentStatus.PENDING
    assert (await commenting.journal())[-1] == ("edit", edited.id, "UPDATED", False)
    assert (await commenting.post_now()).comments_version == 0


async def test_what_a_moderator_has_read_waits_again_once_edited(commenting: Commenting) -> None:
    submitted = await commenting.submit("How true.")
    await commenting.moderate(ModerationAction.APPROVE, submitted.comment.id)
    edited = await commenting.edit(submitted, "Buy my pills.")
    assert edited.status is CommentStatus.PENDING
    assert await assert_right(commenting.database, commenting.post.id) == []
    assert (await commenting.journal())[-1] == ("edit", edited.id, "DELETED", True)


async def test_a_known_sender_edits_without_waiting(commenting: Commenting) -> None:
    first = commenting.with_settings(comments_moderation=Moderation.FIRST)
    submitted = await first.submit("How ture.", author_email="ada@example.org")
    await first.moderate(ModerationAction.APPROVE, submitted.comment.id)
    assert (await first.edit(submitted, "How true.")).status is CommentStatus.APPROVED


async def test_spam_stays_spam(commenting: Commenting) -> None:
    submitted = await commenting.unmoderated().submit("Buy!", honeypot="x")
    edited = await commenting.unmoderated().edit(submitted, "Please buy!")
    assert edited.status is CommentStatus.SPAM


async def test_an_edit_must_not_repeat_another_comment(commenting: Commenting) -> None:
    await commenting.submit("One.")
    other = await commenting.submit("Two.")
    await commenting.edit(other, "two.")
    with pytest.raises(Refused) as refused:
        await commenting.edit(other, "ONE.")
    assert faults(refused.value) == [(UserErrorCode.DUPLICATE, "body")]


async def test_bad_edits_are_refused(commenting: Commenting) -> None:
    submitted = await commenting.submit("One.")
    other = await commenting.submit("Two.")
    cases: list[tuple[str, str, list[tuple[UserErrorCode, str]]]] = [
        ("", submitted.edit_token, [(UserErrorCode.REQUIRED, "body")]),
        ("x" * 10_001, submitted.edit_token, [(UserErrorCode.TOO_LONG, "body")]),
        ("Three.", other.edit_token, [(INVALID, "editToken")]),
        ("Three.", "", [(INVALID, "editToken")]),
        ("a\0", "nonsense", [(INVALID, "body"), (INVALID, "editToken")]),
    ]
    for body, token, expected in cases:
        with pytest.raises(Refused) as refused:
            await commenting.edit(submitted, body, token)
        assert faults(refused.value) == expected
    assert (await commenting.stored(submitted.comment.id)).markdown == "One."


async def test_a_token_ends_after_its_time(commenting: Commenting) -> None:
    submitted = await commenting.submit("One.")
    await make_old(commenting, submitted.comment.id)
    for change in (commenting.edit(submitted, "Two."), commenting.withdraw(submitted)):
        with pytest.raises(Refused) as refused:
            await change
        assert faults(refused.value) == [(UserErrorCode.EXPIRED, "editToken")]
    patient = commenting.with_settings(comments_edit_minutes=60)
    assert (await patient.edit(submitted, "Two.")).markdown == "Two."


async def test_a_removed_comment_cannot_be_edited(commenting: Commenting) -> None:
    submitted = await commenting.submit("One.")
    await commenting.moderate(ModerationAction.TRASH, submitted.comment.id)
    with pytest.raises(Refused) as refused:
        await commenting.edit(submitted, "Two.")
    assert faults(refused.value) == [(UserErrorCode.CONFLICT, "id")]


async def test_a_deleted_comment_is_not_found(commenting: Commenting) -> None:
    async with reading_session(commenting.database) as session:
        secret = await session.scalar(select(Site.secret))
    gone = Submitted(Comment(id=4711), edit_token(secret or b"", 4711))
    for change in (commenting.edit(gone, "Two."), commenting.withdraw(gone)):
        with pytest.raises(Refused) as refused:
            await change
        assert faults(refused.value) == [(NOT_FOUND, "id")]


async def test_withdrawing_erases_text_and_sender(commenting: Commenting) -> None:
    submitted = await commenting.unmoderated().submit(
        "I regret this.",
        name="Ada",
        author_email="ada@example.org",
        author_url="https://ada.example",
    )
    assert await commenting.withdraw(submitted) == submitted.comment.id
    comment = await commenting.stored(submitted.comment.id)
    assert comment.status is CommentStatus.REMOVED
    assert comment.author_name == comment.markdown == comment.html == comment.text == ""
    assert (comment.author_url, comment.fingerprint) == (None, "")
    assert comment.avatar == avatars.NOBODY
    async with reading_session(commenting.database) as session:
        assert await session.scalar(select(func.count()).select_from(CommentSender)) == 0
    assert await assert_right(commenting.database, commenting.post.id) == []
    assert (await commenting.journal())[-1] == ("withdraw", comment.id, "DELETED", True)


async def test_a_withdrawn_comment_keeps_its_place_above_replies(commenting: Commenting) -> None:
    open_door = commenting.unmoderated()
    submitted = await open_door.submit("I regret this.")
    reply = await open_door.submit("Do not.", parent=submitted.comment)
    await commenting.withdraw(submitted)
    await commenting.withdraw(submitted)
    seen = await assert_right(commenting.database, commenting.post.id)
    assert [comment.id for comment in seen] == [submitted.comment.id, reply.comment.id]
    assert (await commenting.journal())[-1] == ("withdraw", seen[0].id, "UPDATED", True)
    await commenting.withdraw(reply)
    assert await assert_right(commenting.database, commenting.post.id) == []
    assert (await commenting.journal())[-2:] == [
        ("withdraw", reply.comment.id, "DELETED", True),
        ("withdraw", submitted.comment.id, "DELETED", True),
    ]
