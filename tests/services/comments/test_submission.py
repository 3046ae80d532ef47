"""Submitting comments."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import factories
import pytest
from comments.big_thread import big_thread
from comments.recomputed import assert_right
from services.commenting import Commenting
from services.statements import counted_writing
from sqlalchemy import func, select, update

from pressroom.cms.actors import Actor, Role
from pressroom.cms.comments import avatars
from pressroom.cms.comments.check import Opinion, Submission, Verdict
from pressroom.cms.comments.tokens import comment_of
from pressroom.cms.content import Comment, CommentSender, CommentStatus, IdempotencyKey, Site
from pressroom.cms.errors import Refused, UserErrorCode
from pressroom.cms.services.comments import Submitted
from pressroom.cms.services.comments.moderation import ModerationAction
from pressroom.cms.services.comments.senders import purge
from pressroom.cms.settings import Moderation, Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

REQUIRED, INVALID = UserErrorCode.REQUIRED, UserErrorCode.INVALID
NOT_FOUND, TOO_LONG = UserErrorCode.NOT_FOUND, UserErrorCode.TOO_LONG
EDITOR = Actor(role=Role.EDITOR, name="Grace")


@pytest.fixture
async def commenting(database: Database, settings: Settings) -> Commenting:
    return Commenting(database, settings, await factories.make_post(database))


async def test_a_guest_waits_and_can_be_told_by_the_token(commenting: Commenting) -> None:
    submitted = await commenting.submit("Well *said*.", name=" Ada ")
    comment = await commenting.stored(submitted.comment.id)
    assert (comment.author_name, comment.markdown, comment.text) == (
        "Ada",
        "Well *said*.",
        "Well said.",
    )
    assert (comment.status, comment.verified) == (CommentStatus.PENDING, False)
    assert (comment.path, comment.version) == (None, 1)
    async with reading_session(commenting.database) as session:
        secret = await session.scalar(select(Site.secret))
    assert comment_of(secret or b"", submitted.edit_token) == comment.id
    assert await commenting.journal() == [("submit", comment.id, "CREATED", False)]
    assert (await commenting.post_now()).comments_version == 0
    assert await assert_right(commenting.database, commenting.post.id) == []


async def test_replies_stand_below_what_they_answer(commenting: Commenting) -> None:
    open_door = commenting.unmoderated()
    first = (await open_door.submit("One")).comment
    second = (await open_door.submit("Two")).comment
    reply = (await open_door.submit("Reply", parent=first)).comment
    answer = (await open_door.submit("Answer", parent=reply)).comment
    seen = await assert_right(commenting.database, commenting.post.id)
    assert [comment.id for comment in seen] == [first.id, reply.id, answer.id, second.id]
    assert [comment.depth for comment in seen] == [0, 1, 2, 0]
    assert [comment.root_id for comment in seen] == [None, first.id, first.id, None]
    assert (await commenting.post_now()).comments_version == 4
    assert ("submit", answer.id, "CREATED", True) in await commenting.journal()


async def test_a_chain_of_25_stops_to_grow_inwards(commenting: Commenting) -> None:
    open_door = commenting.unmoderated()
    chain: list[Comment] = []
    for number in range(25):
        parent = chain[-1] if chain else None
        chain.append((await open_door.submit(f"Number {number}", parent=parent)).comment)
    assert [comment.depth for comment in chain] == [*range(21), 20, 20, 20, 20]
    assert {comment.parent_id for comment in chain[20:]} == {chain[19].id}
    assert [comment.answers_id for comment in chain[:21]] == [None] * 21
    assert [comment.answers_id for comment in chain[21:]] == [one.id for one in chain[20:24]]
    seen = await assert_right(commenting.database, commenting.post.id)
    assert [comment.id for comment in seen] == [comment.id for comment in chain]


async def test_100_concurrent_replies_have_places_without_gaps(commenting: Commenting) -> None:
    open_door = commenting.unmoderated()
    parent = (await open_door.submit("What do you think?")).comment
    await asyncio.gather(
        *(open_door.submit(f"Opinion {number}", parent=parent) for number in range(100))
    )
    replies = [one for one in await commenting.all_stored() if one.parent_id == parent.id]
    assert sorted(one.ordinal or 0 for one in replies) == list(range(1, 101))
    assert (await commenting.stored(parent.id)).reply_count == 100
    assert (await commenting.post_now()).comment_count == 101
    await assert_right(commenting.database, commenting.post.id)


class Fails:
    def question(self, _submission: Submission) -> None:
        return None

    async def judge(self, submission: Submission, _answer: bool) -> Opinion:
        if "fail" in submission.body.text:
            raise ZeroDivisionError
        return None


async def test_of_many_at_once_those_that_fail_fail_alone(commenting: Commenting) -> None:
    """Some are refused before anything is read, some after, and some break down in the middle."""
    open_door = commenting.unmoderated()
    parent = (await open_door.submit("What do you think?")).comment
    wanted: list[tuple[dict[str, Any], type[Exception] | None]] = []
    for number in range(12):
        wanted += [
            ({"body": f"Opinion {number}", "parent": parent, "author_email": "a@b.de"}, None),
            ({"body": "", "idempotency_key": f"key-{number}"}, Refused),
            ({"body": f"Lost {number}", "parent": 4711}, Refused),
            ({"body": "What do you think?"}, Refused),
            ({"body": f"I fail {number}", "idempotency_key": f"key-{number}"}, ZeroDivisionError),
        ]
    answers = await asyncio.gather(
        *(open_door.submit(checks=(Fails(),), **fields) for fields, _ in wanted),
        return_exceptions=True,
    )
    for answer, (_, failure) in zip(answers, wanted, strict=True):
        assert isinstance(answer, failure or Submitted)
    stored = await commenting.all_stored()
    assert sorted(one.ordinal or 0 for one in stored[1:]) == list(range(1, 13))
    assert (await commenting.post_now()).comment_count == 13
    assert await commenting.journal() == [("submit", one.id, "CREATED", True) for one in stored]
    async with reading_session(commenting.database) as session:
        assert await session.scalar(select(func.count()).select_from(CommentSender)) == 12
        assert await session.scalar(select(func.count()).select_from(IdempotencyKey)) == 0
    await assert_right(commenting.database, commenting.post.id)


async def test_the_same_comment_sent_at_once_is_stored_once(commenting: Commenting) -> None:
    answers = await asyncio.gather(
        *(commenting.submit("Once  is enough.") for _ in range(20)), return_exceptions=True
    )
    assert sum(isinstance(answer, Submitted) for answer in answers) == 1
    assert all(
        isinstance(answer, Submitted) or answer.errors[0].code is UserErrorCode.DUPLICATE
        for answer in answers
        if isinstance(answer, Submitted | Refused)
    )
    assert len(await commenting.all_stored()) == 1


async def test_a_duplicate_is_one_of_name_body_post_and_day(commenting: Commenting) -> None:
    first = await commenting.submit("Well said.", name="Ada")
    assert await commenting.refusal("well  SAID.\n", name="ada") == [
        (UserErrorCode.DUPLICATE, "body")
    ]
    await commenting.submit("Well said.", name="Grace")
    elsewhere = await factories.make_post(commenting.database, title="Another post")
    await commenting.submit("Well said.", name="Ada", post_id=elsewhere.id)
    async with unit_of_work(commenting.database) as session:
        await session.execute(
            update(Comment)
            .where(Comment.id == first.comment.id)
            .values(submitted_at=datetime.now(UTC) - timedelta(hours=25))
        )
    await commenting.submit("Well said.", name="Ada")


async def test_a_key_sent_50_times_at_once_answers_one_comment(commenting: Commenting) -> None:
    answers = await asyncio.gather(
        *(commenting.submit("Once.", idempotency_key="key-1") for _ in range(50))
    )
    assert len({(answer.comment.id, answer.edit_token) for answer in answers}) == 1
    assert len(await commenting.all_stored()) == 1
    async with reading_session(commenting.database) as session:
        kept = await session.scalar(select(IdempotencyKey.answer))
    assert kept == {"commentId": answers[0].comment.id}


async def test_a_key_with_another_input_is_a_conflict(commenting: Commenting) -> None:
    await commenting.submit("One.", idempotency_key="key-1")
    assert await commenting.refusal("Two.", idempotency_key="key-1") == [
        (UserErrorCode.CONFLICT, "idempotencyKey")
    ]


async def test_a_refused_comment_leaves_its_key_free(commenting: Commenting) -> None:
    for fields in ({"body": ""}, {"body": "a\ud800"}, {"post_id": 2**80}):
        await commenting.refusal(**fields, idempotency_key="key-1")
    await commenting.submit("Now with words.", idempotency_key="key-1")


BAD_FIELDS = [
    ({"author_name": "  "}, [(REQUIRED, "authorName")]),
    ({"author_name": "x" * 81}, [(TOO_LONG, "authorName")]),
    ({"author_name": "Ada\0"}, [(INVALID, "authorName")]),
    ({"author_name": "\u202eadA"}, [(INVALID, "authorName")]),
    ({"author_email": "nobody"}, [(INVALID, "authorEmail")]),
    ({"author_url": "javascript:alert(1)"}, [(INVALID, "authorUrl")]),
    ({"body": ""}, [(REQUIRED, "body")]),
    ({"body": "x" * 10_001}, [(TOO_LONG, "body")]),
    ({"body": "a\0b"}, [(INVALID, "body")]),
    ({"body": "a\ud800"}, [(INVALID, "body")]),
    ({"post_id": 0}, [(NOT_FOUND, "postId")]),
    ({"post_id": -1}, [(NOT_FOUND, "postId")]),
    ({"post_id": 2**80}, [(NOT_FOUND, "postId")]),
    ({"parent_id": 4711}, [(NOT_FOUND, "parentId")]),
    ({"parent_id": 2**80}, [(NOT_FOUND, "parentId")]),
    (
        {"author_name": "", "author_email": "x", "author_url": "x", "body": "", "parent_id": 4711},
        [
            (REQUIRED, "authorName"),
            (INVALID, "authorEmail"),
            (INVALID, "authorUrl"),
            (REQUIRED, "body"),
            (NOT_FOUND, "parentId"),
        ],
    ),
]


async def test_bad_input_is_told_by_field_and_nothing_is_stored(commenting: Commenting) -> None:
    for fields, expected in BAD_FIELDS:
        assert await commenting.refusal(**fields) == expected
    assert await commenting.all_stored() == []
    assert await commenting.journal() == []


@pytest.mark.parametrize(
    "state",
    [
        {"publish": False},
        {"published_at": datetime(2999, 1, 1, tzinfo=UTC)},
    ],
)
async def test_a_post_that_is_not_public_is_answered_like_an_unknown_one(
    commenting: Commenting, state: dict[str, object]
) -> None:
    hidden = await factories.make_post(commenting.database, title="Hidden", **state)
    messages = []
    for post_id in (hidden.id, 4711):
        with pytest.raises(Refused) as refused:
            await commenting.submit(post_id=post_id)
        messages.append(refused.value.errors)
    assert messages[0] == messages[1]


async def test_a_closed_post_refuses(commenting: Commenting) -> None:
    closed = await factories.make_post(commenting.database, title="Closed", comments_open=False)
    assert await commenting.refusal(post_id=closed.id) == [(UserErrorCode.CLOSED, "postId")]


async def test_only_a_visible_comment_of_the_post_can_be_answered(commenting: Commenting) -> None:
    open_door = commenting.unmoderated()
    pending = (await commenting.submit("I wait.")).comment
    assert await commenting.refusal(parent=pending) == [(NOT_FOUND, "parentId")]
    elsewhere = await factories.make_post(commenting.database, title="Another post")
    foreign = (await open_door.submit("Elsewhere.", post_id=elsewhere.id)).comment
    assert await commenting.refusal(parent=foreign) == [(INVALID, "parentId")]
    removed = (await open_door.submit("Removed.")).comment
    await open_door.submit("A reply.", parent=removed)
    await commenting.moderate(ModerationAction.TRASH, removed.id)
    assert await commenting.refusal(parent=removed) == [(INVALID, "parentId")]


async def test_a_trap_is_filled_unnoticed(commenting: Commenting) -> None:
    submitted = await commenting.unmoderated().submit("Buy!", honeypot="https://spam.example")
    assert (await commenting.stored(submitted.comment.id)).status is CommentStatus.SPAM
    assert submitted.edit_token


async def test_a_signed_in_actor_is_verified_and_named_by_the_site(commenting: Commenting) -> None:
    author = await factories.make_author(commenting.database, name="Ada Lovelace")
    by_author = Actor(author_id=author.id)
    for actor, name in ((EDITOR, "Grace"), (by_author, "Ada Lovelace")):
        comment = (await commenting.submit("Thank you.", name="Somebody", actor=actor)).comment
        assert (comment.author_name, comment.verified) == (name, True)
        assert comment.status is CommentStatus.APPROVED


async def test_a_guest_does_not_become_somebody_else(commenting: Commenting) -> None:
    member = (await commenting.submit("It is me.", actor=EDITOR)).comment
    guest = (await commenting.submit("It is me, too.", name="Grace")).comment
    assert guest.author_name == member.author_name
    assert (guest.verified, guest.status) == (False, CommentStatus.PENDING)
    assert guest.avatar != member.avatar


async def test_first_knows_a_sender_by_the_address_alone(commenting: Commenting) -> None:
    first = commenting.with_settings(comments_moderation=Moderation.FIRST)
    known = {"name": "Ada", "author_email": "ada@example.org"}
    comment = (await first.submit("My first.", **known)).comment
    assert comment.status is CommentStatus.PENDING
    await first.moderate(ModerationAction.APPROVE, comment.id)
    assert (await first.submit("My second.", **known)).comment.status is CommentStatus.APPROVED
    named_alike = await first.submit("My third.", name="Ada")
    assert named_alike.comment.status is CommentStatus.PENDING
    await first.moderate(ModerationAction.APPROVE, named_alike.comment.id)
    assert (await first.submit("My 4th.", name="Ada")).comment.status is CommentStatus.PENDING


async def test_private_data_is_kept_apart_hashed_and_purged(commenting: Commenting) -> None:
    soon = commenting.with_settings(comments_purge_days=1)
    submitted = await soon.submit(author_email="ada@example.org", address="192.0.2.1")
    async with unit_of_work(commenting.database) as session:
        sender = (await session.scalars(select(CommentSender))).one()
        assert (sender.comment_id, sender.email) == (submitted.comment.id, "ada@example.org")
        assert "192.0.2.1" not in (sender.address_hash or "")
        assert await purge(session) == 0
        sender.purge_at = datetime.now(UTC) - timedelta(seconds=1)
        await session.flush()
        assert await purge(session) == 1
        assert await session.scalar(select(func.count()).select_from(CommentSender)) == 0
    assert submitted.comment.avatar != avatars.NOBODY


class RefusesLinks:
    def question(self, _submission: Submission) -> None:
        return None

    async def judge(self, submission: Submission, _answer: bool) -> Opinion:
        has_link = "<a " in submission.body.html
        return Verdict(CommentStatus.SPAM, "a link") if has_link else None


async def test_a_check_of_a_plugin_joins_in(commenting: Commenting) -> None:
    open_door = commenting.unmoderated()
    checks = (RefusesLinks(),)
    linked = await open_door.submit("See [this](https://a.example).", checks=checks)
    assert linked.comment.status is CommentStatus.SPAM
    assert (await open_door.submit("See.", checks=checks)).comment.status is CommentStatus.APPROVED


async def test_a_large_thread_costs_no_more_statements(commenting: Commenting) -> None:
    open_door = commenting.unmoderated()
    sent: dict[str, Any] = {"author_email": "ada@example.org"}
    await open_door.submit("First.")
    async with counted_writing(commenting.database) as on_small:
        await open_door.submit("Second.", **sent)
    large = await factories.make_post(commenting.database, title="Large")
    async with unit_of_work(commenting.database) as session:
        widest = await big_thread(session, large.id, comments=2_000, widest=1_500)
    await assert_right(commenting.database, large.id)
    async with counted_writing(commenting.database) as on_large:
        await open_door.submit("Last.", post_id=large.id, parent=widest, **sent)
    await assert_right(commenting.database, large.id)
    async with counted_writing(commenting.database) as on_pending:
        await commenting.submit("Waits.", **sent)
    # The post, the questions, the comment, its sender, the journal.
    assert len(on_pending) == 5
    # The counts of the post as well, and those of the parent.
    assert len(on_small) == 6
    assert len(on_large) == 7
