"""The check that decides which comments wait for a moderator."""

from sqlalchemy import bindparam, exists

from ..content import Comment, CommentStatus
from ..settings import Moderation
from .check import Opinion, Question, Submission, Verdict

_KNOWN = exists().where(
    Comment.avatar == bindparam("moderated_avatar"), Comment.status == CommentStatus.APPROVED
)


class Moderated:
    """Approves at once, or lets wait, as the site is set.

    With `first`, a sender is known again by the e-mail address alone (its keyed hash is the
    avatar, and outlives the address itself). Names and pictures are public: whoever copied those
    of a known sender would speak without being read first. An address can be copied too, but only
    by somebody who knows it, and no reader is ever told it.
    """

    def __init__(self, moderation: Moderation) -> None:
        self._moderation = moderation

    def question(self, submission: Submission) -> Question | None:
        """Ask whether the sender has an approved comment."""
        asks = self._moderation is Moderation.FIRST and not submission.verified
        if not asks or submission.author_email is None:
            return None
        return Question(_KNOWN, {"moderated_avatar": submission.avatar})

    async def judge(self, submission: Submission, answer: bool) -> Opinion:
        """Answer APPROVED or PENDING."""
        if submission.verified:
            return Verdict(CommentStatus.APPROVED, "one of the site's own")
        if self._moderation is Moderation.NONE:
            return Verdict(CommentStatus.APPROVED, "comments are not moderated")
        if answer:
            return Verdict(CommentStatus.APPROVED, "the sender has been approved before")
        return Verdict(CommentStatus.PENDING, "comments are read before they are shown")
