"""Moderating comments: what a moderator decides about them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import (
    ChangeKind,
    Comment,
    CommentStatus,
    Post,
)
from ...errors import Refused, UserError, UserErrorCode
from .. import rights
from . import log
from .threads import FRESH, Thread, is_key

MOST = 100
"""Comments that can be moderated at once."""


class ModerationAction(StrEnum):
    """What a moderator can do with a comment."""

    APPROVE = "APPROVE"
    HOLD = "HOLD"
    SPAM = "SPAM"
    TRASH = "TRASH"
    RESTORE = "RESTORE"


_STATUS = {
    ModerationAction.APPROVE: CommentStatus.APPROVED,
    ModerationAction.HOLD: CommentStatus.PENDING,
    ModerationAction.SPAM: CommentStatus.SPAM,
    ModerationAction.TRASH: CommentStatus.TRASHED,
    ModerationAction.RESTORE: CommentStatus.PENDING,
}


@dataclass(frozen=True, slots=True)
class Moderated:
    """What was moderated, in the order asked for, and what could not be."""

    comments: list[Comment] = field(default_factory=list)
    errors: list[UserError] = field(default_factory=list)


async def moderate(
    session: AsyncSession, actor: Actor, ids: Sequence[int], action: ModerationAction
) -> Moderated:
    """Do the same with up to 100 comments; one that it cannot be done with stops no other.

    RESTORE lets a comment out of spam or the trash wait for a moderator again. Comments on posts
    that the actor does not see are not found. Raises Refused for too many comments.
    """
    if len(ids) > MOST:
        raise Refused.because(
            UserErrorCode.TOO_MANY, f"No more than {MOST} comments can be moderated at once.", "ids"
        )
    threads = await _open_threads(session, actor, ids)
    moderated = Moderated()
    for comment_id, index in _first_places(ids).items():
        try:
            comment = await _moderate(actor, threads.get(comment_id), comment_id, action)
        except Refused as refused:
            path = ("ids", str(index))
            moderated.errors.extend(UserError(e.code, e.message, path) for e in refused.errors)
        else:
            moderated.comments.append(comment)
    return moderated


def _first_places(ids: Sequence[int]) -> dict[int, int]:
    places: dict[int, int] = {}
    for index, comment_id in enumerate(ids):
        places.setdefault(comment_id, index)
    return places


async def _open_threads(
    session: AsyncSession, actor: Actor, ids: Sequence[int]
) -> dict[int, Thread]:
    """Open the threads of comments, in the order of their posts; answers each comment's."""
    known = [comment_id for comment_id in ids if is_key(comment_id)]
    asked = select(Comment.post_id, Comment.id).join(Post, Post.id == Comment.post_id)
    in_sight = rights.posts_in_sight(actor)
    found = await session.execute(asked.where(Comment.id.in_(known), *in_sight))
    of_post: dict[int, list[int]] = defaultdict(list)
    for post_id, comment_id in found:
        of_post[post_id].append(comment_id)
    threads: dict[int, Thread] = {}
    for post_id, comment_ids in sorted(of_post.items()):
        if thread := await Thread.open(session, post_id):
            await _read(thread, comment_ids)
            threads |= dict.fromkeys(comment_ids, thread)
    return threads


async def _read(thread: Thread, ids: Sequence[int]) -> None:
    statement = select(Comment).where(Comment.id.in_(ids)).execution_options(**FRESH)
    for comment in await thread.session.scalars(statement):
        thread.remember(comment)


async def _moderate(
    actor: Actor, thread: Thread | None, comment_id: int, action: ModerationAction
) -> Comment:
    comment = await thread.comment(comment_id) if thread else None
    if thread is None or comment is None:
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such comment.")
    _require_sense(comment, action)
    status = _STATUS[action]
    if comment.status is not status:
        comment.version += 1
        seen = await thread.turn(comment, status)
        log.record(
            thread.session, actor, action.lower(), comment, kind=ChangeKind.UPDATED, seen=seen
        )
    return comment


def _require_sense(comment: Comment, action: ModerationAction) -> None:
    if comment.status is CommentStatus.REMOVED:
        raise Refused.because(
            UserErrorCode.CONFLICT, "The comment was withdrawn: nothing of it is left."
        )
    if action is ModerationAction.RESTORE and comment.status is CommentStatus.APPROVED:
        raise Refused.because(
            UserErrorCode.CONFLICT, "The comment is neither spam nor in the trash."
        )
