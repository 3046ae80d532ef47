"""The check for a comment that was sent before."""

from datetime import timedelta

from sqlalchemy import bindparam, exists

from ..content import Comment
from ..errors import UserError, UserErrorCode
from .check import Opinion, Question, Submission

WITHIN = timedelta(days=1)

_SENT_BEFORE = exists().where(
    Comment.post_id == bindparam("duplicate_post"),
    Comment.fingerprint == bindparam("duplicate_fingerprint"),
    Comment.submitted_at > bindparam("duplicate_since"),
    Comment.id != bindparam("duplicate_other_than"),
)


class Duplicate:
    """Refuses the same body from the same name on the same post within a day."""

    def question(self, submission: Submission) -> Question | None:
        """Ask whether another comment has the fingerprint."""
        return Question(
            _SENT_BEFORE,
            {
                "duplicate_post": submission.post_id,
                "duplicate_fingerprint": submission.fingerprint,
                "duplicate_since": submission.sent_at - WITHIN,
                "duplicate_other_than": submission.comment_id or 0,
            },
        )

    async def judge(self, _submission: Submission, answer: bool) -> Opinion:
        """Answer a fault in the body."""
        if answer:
            return UserError(
                UserErrorCode.DUPLICATE, "This comment has already been sent.", ("body",)
            )
        return None
