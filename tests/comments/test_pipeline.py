from datetime import UTC, datetime

import pytest
from sqlalchemy import literal

from pressroom.cms.comments.check import Check, Opinion, Question, Submission, Verdict
from pressroom.cms.comments.honeypot import Honeypot
from pressroom.cms.comments.moderation import Moderated
from pressroom.cms.comments.pipeline import Examination
from pressroom.cms.content import CommentStatus
from pressroom.cms.errors import Refused, UserError, UserErrorCode
from pressroom.cms.settings import Moderation
from pressroom.cms.text.document import RenderedComment

pytestmark = pytest.mark.anyio


def submission(
    *, email: str | None = None, verified: bool = False, honeypot: str | None = None
) -> Submission:
    return Submission(
        post_id=1,
        author_name="Ada",
        author_email=email,
        author_url=None,
        verified=verified,
        avatar="0" * 32,
        body=RenderedComment("Yes.", "<p>Yes.</p>", "Yes."),
        fingerprint="f",
        honeypot=honeypot,
        sent_at=datetime(2025, 1, 1, tzinfo=UTC),
    )


class Says:
    def __init__(self, opinion: Opinion, *, asks: bool = False) -> None:
        self.opinion = opinion
        self.asks = asks
        self.heard: bool | None = None

    def question(self, _submission: Submission) -> Question | None:
        return Question(literal(True)) if self.asks else None

    async def judge(self, _submission: Submission, answer: bool) -> Opinion:
        self.heard = answer
        return self.opinion


async def decide(
    *checks: Check, given: Submission | None = None, answers: tuple[bool, ...] = ()
) -> Verdict:
    return await Examination(checks, given or submission()).decide(answers)


async def test_the_severest_verdict_counts() -> None:
    approved = Verdict(CommentStatus.APPROVED, "known")
    pending = Verdict(CommentStatus.PENDING, "new")
    spam = Verdict(CommentStatus.SPAM, "a trap")
    assert await decide(Says(approved), Says(None)) == approved
    assert await decide(Says(pending), Says(approved)) == pending
    assert await decide(Says(approved), Says(spam), Says(pending)) == spam


async def test_without_a_verdict_a_comment_waits() -> None:
    assert (await decide(Says(None))).status is CommentStatus.PENDING


async def test_faults_are_gathered() -> None:
    faults = [UserError(UserErrorCode.FORBIDDEN, text, ("body",)) for text in ("one", "two")]
    with pytest.raises(Refused) as refused:
        await decide(Says(faults[0]), Says(None), Says(faults[1]))
    assert refused.value.errors == tuple(faults)


async def test_each_check_hears_the_answer_to_its_own_question() -> None:
    checks = [Says(None, asks=True), Says(None), Says(None, asks=True)]
    examination = Examination(checks, submission())
    assert len(examination.questions) == 2
    await examination.decide([False, True])
    assert [check.heard for check in checks] == [False, False, True]


async def test_a_filled_trap_is_spam_but_for_members() -> None:
    assert (await decide(Honeypot(), given=submission(honeypot="x"))).status is CommentStatus.SPAM
    assert await Honeypot().judge(submission(honeypot=""), False) is None
    assert await Honeypot().judge(submission(honeypot="x", verified=True), False) is None


@pytest.mark.parametrize(
    ("moderation", "email", "verified", "known", "status"),
    [
        (Moderation.ALL, "a@b.de", False, True, CommentStatus.PENDING),
        (Moderation.ALL, None, True, False, CommentStatus.APPROVED),
        (Moderation.FIRST, "a@b.de", False, True, CommentStatus.APPROVED),
        (Moderation.FIRST, "a@b.de", False, False, CommentStatus.PENDING),
        # A name can be copied, so it makes nobody known.
        (Moderation.FIRST, None, False, True, CommentStatus.PENDING),
        (Moderation.NONE, None, False, False, CommentStatus.APPROVED),
    ],
)
async def test_moderation(
    moderation: Moderation, email: str | None, verified: bool, known: bool, status: CommentStatus
) -> None:
    given = submission(email=email, verified=verified)
    examination = Examination([Moderated(moderation)], given)
    answers = [known for _ in examination.questions]
    assert (await examination.decide(answers)).status is status
