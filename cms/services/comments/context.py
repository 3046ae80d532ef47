"""What a submission is checked against: the post, the parent, and what the checks ask."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from ...content import (
    Comment,
    CommentStatus,
    Post,
    PostStatus,
)
from ...errors import Refused, UserErrorCode
from ...store import clock
from .threads import (
    FRESH,
    Sight,
    Thread,
    is_key,
    sight_of,
)


async def open_public(session: AsyncSession, post_id: int) -> Thread:
    """Open the thread of a post that the public sees and may comment on.

    Raises Refused, for a post that is not public in the same words as for one that does not exist.
    """
    thread = await Thread.open(session, post_id)
    if thread is None or not _is_public(thread.post):
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such post.", "postId")
    if not thread.post.comments_open:
        raise Refused.because(
            UserErrorCode.CLOSED, "The comments on this post are closed.", "postId"
        )
    return thread


def _is_public(post: Post) -> bool:
    return (
        post.status is PostStatus.PUBLISHED
        and post.published_at is not None
        and post.published_at <= clock.now()
    )


async def consult(
    thread: Thread, parent_id: int | None, questions: Sequence[ColumnElement[bool]] = ()
) -> tuple[Comment | None, Sequence[bool]]:
    """Read the parent of a new comment and the answers to questions, in one statement.

    Raises Refused for a parent that cannot be answered.
    """
    if parent_id is None:
        return None, await ask(thread.session, questions)
    statement = select(Comment, *questions).where(
        Comment.id == (parent_id if is_key(parent_id) else None)
    )
    row = (await thread.session.execute(statement.execution_options(**FRESH))).one_or_none()
    parent = _answerable(thread, row[0] if row else None)
    return parent, row[1:] if row else ()


async def ask(session: AsyncSession, questions: Sequence[ColumnElement[bool]]) -> Sequence[bool]:
    """Put yes-or-no questions to the database, in one statement."""
    return (await session.execute(select(*questions))).one() if questions else ()


def _answerable(thread: Thread, parent: Comment | None) -> Comment:
    if parent is None or sight_of(parent) is Sight.HIDDEN:
        raise Refused.because(
            UserErrorCode.NOT_FOUND, "There is no such comment to reply to.", "parentId"
        )
    if parent.post_id != thread.post.id:
        raise Refused.because(
            UserErrorCode.INVALID, "The parent is a comment on another post.", "parentId"
        )
    if parent.status is not CommentStatus.APPROVED:
        raise Refused.because(
            UserErrorCode.INVALID, "A removed comment cannot be replied to.", "parentId"
        )
    thread.remember(parent)
    return parent
