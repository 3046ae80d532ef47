"""What the sender of a comment can do with its edit token: change it, or withdraw it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import ANONYMOUS
from ...comments import tokens
from ...comments.body import clean_body
from ...comments.check import Check, Submission
from ...comments.erasure import erase
from ...comments.faults import Faults
from ...comments.fingerprint import fingerprint
from ...comments.pipeline import Examination, built_in, severity
from ...content import (
    ChangeKind,
    Comment,
    CommentSender,
    CommentStatus,
    Site,
)
from ...errors import Refused, UserErrorCode
from ...settings import Settings
from ...store import clock
from ...text.document import RenderedComment
from . import log, senders
from .rows import ask
from .threads import Thread, is_key

_CHANGEABLE = (CommentStatus.APPROVED, CommentStatus.PENDING, CommentStatus.SPAM)


@dataclass(frozen=True, slots=True, kw_only=True)
class EditComment:
    """A new body for a comment."""

    id: int
    edit_token: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawComment:
    """A comment that its sender takes back."""

    id: int
    edit_token: str


async def edit(
    session: AsyncSession, settings: Settings, sent: EditComment, *, checks: Sequence[Check] = ()
) -> Comment:
    """Give a comment a new body.

    The new body is judged as that of a new comment would be, but no edit raises the status: where
    comments are moderated, an approved one waits again, lest something be slipped in after it was
    read; one that waits goes on waiting. Raises Refused.
    """
    faults = Faults()
    with faults:
        body = clean_body(sent.body)
    with faults:
        thread, comment = await _open_own(session, settings, sent.id, sent.edit_token)
        _require_changeable(comment)
    faults.refuse()
    status = await _status_after(session, (*built_in(settings), *checks), comment, body)
    _rewrite(comment, body)
    seen = await thread.turn(comment, status, rewritten=True)
    log.record(session, ANONYMOUS, "edit", comment, kind=ChangeKind.UPDATED, seen=seen)
    return comment


async def withdraw(session: AsyncSession, settings: Settings, sent: WithdrawComment) -> int:
    """Remove a comment and erase what it said and whose it was; answers its id.

    Where readers see replies to it, its empty place stays. Raises Refused.
    """
    thread, comment = await _open_own(session, settings, sent.id, sent.edit_token)
    if comment.status is not CommentStatus.REMOVED:
        erase(comment)
        comment.version += 1
        await senders.forget(session, comment.id)
        seen = await thread.turn(comment, CommentStatus.REMOVED)
        log.record(session, ANONYMOUS, "withdraw", comment, kind=ChangeKind.DELETED, seen=seen)
    return comment.id


async def _open_own(
    session: AsyncSession, settings: Settings, comment_id: int, token: str
) -> tuple[Thread, Comment]:
    post_id = select(Comment.post_id).where(
        Comment.id == (comment_id if is_key(comment_id) else None)
    )
    statement = select(Site.secret, post_id.scalar_subquery()).where(Site.id == 1)
    secret, found = (await session.execute(statement)).one()
    tokens.require_token(secret, token, comment_id)
    thread = await Thread.open(session, found) if found is not None else None
    comment = await thread.comment(comment_id) if thread else None
    if thread is None or comment is None:
        raise Refused.because(UserErrorCode.NOT_FOUND, "The comment is no longer there.", "id")
    tokens.require_in_time(comment.submitted_at, settings.comments_edit_minutes, clock.now())
    return thread, comment


def _require_changeable(comment: Comment) -> None:
    if comment.status not in _CHANGEABLE:
        raise Refused.because(UserErrorCode.CONFLICT, "The comment has been removed.", "id")


async def _status_after(
    session: AsyncSession, checks: Sequence[Check], comment: Comment, body: RenderedComment
) -> CommentStatus:
    sender = await session.get(CommentSender, comment.id)
    submission = Submission(
        post_id=comment.post_id,
        comment_id=comment.id,
        author_name=comment.author_name,
        author_email=sender.email if sender else None,
        author_url=comment.author_url,
        verified=comment.verified,
        avatar=comment.avatar,
        body=body,
        fingerprint=fingerprint(comment.author_name, body.markdown),
        sent_at=clock.now(),
    )
    examination = Examination(checks, submission)
    verdict = await examination.decide(await ask(session, examination.questions))
    return max(comment.status, verdict.status, key=severity)


def _rewrite(comment: Comment, body: RenderedComment) -> None:
    comment.markdown = body.markdown
    comment.html = body.html
    comment.text = body.text
    comment.fingerprint = fingerprint(comment.author_name, body.markdown)
    comment.edited_at = clock.now()
    comment.version += 1
