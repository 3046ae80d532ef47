"""What a check is: a rule that a comment passes before it is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from sqlalchemy import ColumnElement

from ..content import CommentStatus
from ..errors import UserError
from ..text.document import RenderedComment


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A comment whose fields are in order, before it is decided what becomes of it."""

    post_id: int
    comment_id: int | None = None
    """The comment that is edited; none for a new one."""
    author_name: str
    author_email: str | None
    author_url: str | None
    verified: bool
    """Whether it comes from one of the site's own people."""
    avatar: str
    body: RenderedComment
    fingerprint: str
    honeypot: str | None = None
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check would have a comment become: APPROVED, PENDING or SPAM; and why."""

    status: CommentStatus
    reason: str


Opinion = Verdict | UserError | None
"""A verdict; or a fault, for which the comment is refused; or nothing to say."""


class Question(NamedTuple):
    """A yes-or-no question to the database, and the values of its parameters.

    `asks` is to be the same object each time: it is compiled once. Names of parameters are shared
    with other checks; one that begins with the check's own name is nobody else's.
    """

    asks: ColumnElement[bool]
    values: Mapping[str, Any] = MappingProxyType({})


class Check(Protocol):
    """One rule.

    What it must know from the database it asks as a yes-or-no question. The questions of all
    checks go to the database in one statement, however many checks there are.
    """

    def question(self, submission: Submission, /) -> Question | None:
        """Give the question of this check; none if it needs no answer."""

    async def judge(self, submission: Submission, answer: bool, /) -> Opinion:
        """Say what becomes of the submission; `answer` is False where nothing was asked."""
