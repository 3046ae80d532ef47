"""The check for a comment that was sent before."""

from datetime import timedelta

from sqlalchemy import ColumnElement, exists

from ..content import Comment
from ..errors import UserError, UserErrorCode
from .check import Opinion, Submission

WITHIN = timedelta(days=1)


class Duplicate:
    """Refuses the same body from the same name on the same post within a day."""

    def question(self, submission: Submission) -> ColumnElement[bool] | None:
        """Ask whether another comment has the fingerprint."""
        question = exists().where(
            Comment.post_id == submission.post_id,
            Comment.fingerprint == submission.fingerprint,
            Comment.submitted_at > submission.sent_at - WITHIN,
        )
        if submission.comment_id is not None:
            question = question.where(Comment.id != submission.comment_id)
        return question

    async def judge(self, _submission: Submission, answer: bool) -> Opinion:
        """Answer a fault in the body."""
        if answer:
            return UserError(
                UserErrorCode.DUPLICATE, "This comment has already been sent.", ("body",)
            )
        return None
