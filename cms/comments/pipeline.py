"""The pipeline: the checks of one submission, run together."""

from collections.abc import Sequence

from ..content import CommentStatus
from ..errors import Refused, UserError
from ..settings import Settings
from .check import Check, Question, Submission, Verdict
from .duplicate import Duplicate
from .honeypot import Honeypot
from .moderation import Moderated

_SEVERITY = (CommentStatus.APPROVED, CommentStatus.PENDING, CommentStatus.SPAM)
_UNDECIDED = Verdict(CommentStatus.PENDING, "no check had anything to say")


def built_in(settings: Settings) -> tuple[Check, ...]:
    """Give the checks that every site has."""
    return (Honeypot(), Duplicate(), Moderated(settings.comments_moderation))


class Examination:
    """A submission before its checks: they ask, the database answers, they judge."""

    def __init__(self, checks: Sequence[Check], submission: Submission) -> None:
        self._submission = submission
        self._asked = [(check, check.question(submission)) for check in checks]

    @property
    def questions(self) -> list[Question]:
        """What the checks ask the database, to be selected in one statement."""
        return [question for _, question in self._asked if question is not None]

    async def decide(self, answers: Sequence[bool]) -> Verdict:
        """Give the severest of the checks' verdicts; `answers` are those to `questions`.

        Raises Refused with the faults that checks found.
        """
        waiting = iter(answers)
        opinions = [
            await check.judge(self._submission, question is not None and bool(next(waiting)))
            for check, question in self._asked
        ]
        faults = [opinion for opinion in opinions if isinstance(opinion, UserError)]
        if faults:
            raise Refused(faults)
        verdicts = [opinion for opinion in opinions if isinstance(opinion, Verdict)]
        return max(verdicts, key=lambda verdict: severity(verdict.status), default=_UNDECIDED)


def severity(status: CommentStatus) -> int:
    """Rank a verdict's status, from 0 for APPROVED."""
    return _SEVERITY.index(status)
