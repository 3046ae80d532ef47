"""The check of the field that no person sees or fills."""

from ..content import CommentStatus
from .check import Opinion, Question, Submission, Verdict


class Honeypot:
    """Takes for spam what filled the hidden field; its sender is told nothing of it."""

    def question(self, _submission: Submission) -> Question | None:
        """Ask nothing."""

    async def judge(self, submission: Submission, _answer: bool) -> Opinion:
        """Answer SPAM where a guest's field is filled."""
        if submission.honeypot and not submission.verified:
            return Verdict(CommentStatus.SPAM, "the hidden field was filled")
        return None
