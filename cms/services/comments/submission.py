"""Submitting comments."""

import dataclasses
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...comments import avatars, places, tokens
from ...comments.check import Check, Submission
from ...comments.faults import Faults
from ...comments.fingerprint import fingerprint
from ...comments.form import Form, clean_form
from ...comments.pipeline import Examination, built_in
from ...content import (
    ChangeKind,
    Comment,
    CommentStatus,
    Site,
)
from ...errors import Refused, UserErrorCode
from ...settings import Settings
from ...store import clock
from ...store.detached import detached
from .. import idempotency
from ..members import Member, member_of
from . import log, rows, senders
from .context import consult, open_public
from .threads import Thread


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitComment:
    """What a reader sends."""

    post_id: int
    parent_id: int | None = None
    author_name: str
    author_email: str | None = None
    author_url: str | None = None
    body: str
    honeypot: str | None = None
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """A stored comment, and what lets its sender change it for a while.

    What was taken for spam must look PENDING to its sender.
    """

    comment: Comment
    edit_token: str


async def submit(
    session: AsyncSession,
    settings: Settings,
    actor: Actor,
    sent: SubmitComment,
    *,
    address: str | None = None,
    checks: Sequence[Check] = (),
) -> Submitted:
    """Store a comment, or answer the one that the same idempotency key stored before.

    A signed-in actor's comment bears their name and is approved at once; nothing that a guest
    sends brings either. Of `address`, the sender's network address, a keyed hash is kept; `checks`
    join the built-in ones. Raises Refused with all that is wrong with the input.
    """
    submission = _Submitting(session, settings, actor, sent, (*built_in(settings), *checks))
    if sent.idempotency_key is None:
        return await submission.store(address)
    stored: list[Submitted] = []

    async def store() -> dict[str, Any]:
        stored.append(await submission.store(address))
        return {"commentId": stored[0].comment.id}

    scope = f"submitComment:{actor.role}:{actor.name or ''}"
    # Escaped, because the input may yet hold what no encoding can write.
    wanted = {"input": json.dumps(dataclasses.asdict(sent))}
    answer = await idempotency.once(session, scope, sent.idempotency_key, wanted, store)
    return stored[0] if stored else await _stored_before(session, answer["commentId"])


async def _stored_before(session: AsyncSession, comment_id: int) -> Submitted:
    statement = select(Comment, Site.secret).join(Site, Site.id == 1)
    row = (await session.execute(statement.where(Comment.id == comment_id))).one_or_none()
    if row is None:
        raise Refused.because(
            UserErrorCode.NOT_FOUND, "The comment is no longer there.", "idempotencyKey"
        )
    return Submitted(row[0], tokens.edit_token(row[1], comment_id))


@dataclass(frozen=True, slots=True)
class _Submitting:
    session: AsyncSession
    settings: Settings
    actor: Actor
    sent: SubmitComment
    checks: Sequence[Check]

    async def store(self, address: str | None) -> Submitted:
        member = await member_of(self.session, self.actor)
        form, thread = await self._accept(member)
        submission = _submission(self.sent, form, member, thread.secret)
        comment = await self._examine(thread, submission)
        await senders.keep(
            self.session,
            thread.secret,
            comment,
            email=form.email,
            address=address,
            settings=self.settings,
        )
        return Submitted(comment, tokens.edit_token(thread.secret, comment.id))

    async def _accept(self, member: Member | None) -> tuple[Form, Thread]:
        faults = Faults()
        name = member.name if member and member.name else self.sent.author_name
        with faults:
            form = clean_form(name, self.sent.author_email, self.sent.author_url, self.sent.body)
        with faults:
            thread = await open_public(self.session, self.sent.post_id)
            if faults:
                # Otherwise the parent is read together with what the checks ask.
                await consult(thread, self.sent.parent_id)
        faults.refuse()
        return form, thread

    async def _examine(self, thread: Thread, submission: Submission) -> Comment:
        examination = Examination(self.checks, submission)
        parent, answers = await consult(thread, self.sent.parent_id, examination.questions)
        verdict = await examination.decide(answers)
        comment = _comment(submission, parent)
        seen = await thread.turn(comment, verdict.status)
        await rows.insert_comment(self.session, comment)
        if seen:
            await rows.store_counts(self.session, thread.post, await thread.parent(comment))
        log.record(self.session, self.actor, "submit", comment, kind=ChangeKind.CREATED, seen=seen)
        return comment


def _submission(
    sent: SubmitComment, form: Form, member: Member | None, secret: bytes
) -> Submission:
    avatar = (
        avatars.hash_of_member(secret, form.name)
        if member
        else avatars.hash_of_guest(secret, form.name, form.email)
    )
    return Submission(
        post_id=sent.post_id,
        author_name=form.name,
        author_email=form.email,
        author_url=form.url or (member.url if member else None),
        verified=member is not None,
        avatar=avatar,
        body=form.body,
        fingerprint=fingerprint(form.name, form.body.markdown),
        honeypot=sent.honeypot,
        sent_at=clock.now(),
    )


def _comment(submission: Submission, parent: Comment | None) -> Comment:
    standing = places.below(parent)
    values: dict[str, Any] = {
        "post_id": submission.post_id,
        "parent_id": standing.parent_id,
        "root_id": standing.root_id,
        "answers_id": standing.answers_id,
        "depth": standing.depth,
        "last_ordinal": 0,
        "reply_count": 0,
        "version": 1,
        "status": CommentStatus.PENDING,
        "author_name": submission.author_name,
        "author_url": submission.author_url,
        "verified": submission.verified,
        "avatar": submission.avatar,
        "markdown": submission.body.markdown,
        "html": submission.body.html,
        "text": submission.body.text,
        "fingerprint": submission.fingerprint,
        "submitted_at": submission.sent_at,
    }
    return detached(Comment, values)
