"""Telling the journal of comments."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import ChangeKind, Comment
from ...store import journal
from .threads import Change

ENTITY = "Comment"


def record(
    session: AsyncSession,
    actor: Actor,
    action: str,
    comment: Comment,
    *,
    kind: ChangeKind,
    seen: Sequence[Change],
) -> None:
    """Note what was done to a comment, and what readers see of it there and around it.

    `kind` is what happened to the comment where readers see nothing of it.
    """
    if all(change.comment is not comment for change in seen):
        _note(session, actor, action, Change(comment, kind), public=False)
    for change in seen:
        _note(session, actor, action, change, public=True)


def _note(
    session: AsyncSession, actor: Actor, action: str, change: Change, *, public: bool
) -> None:
    comment = change.comment
    journal.record(
        session,
        actor,
        action,
        ENTITY,
        comment.id,
        change.kind,
        version=comment.version,
        public=public,
        post_id=comment.post_id,
    )
