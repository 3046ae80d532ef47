"""What a submission is checked against: the post, the parent, and what the checks ask."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from ...comments.check import Question
from ...content import (
    Comment,
    CommentStatus,
    Post,
    PostStatus,
)
from ...errors import Refused, UserErrorCode
from ...store import clock
from . import rows
from .threads import Sight, Thread, is_key, sight_of


async def open_public(session: AsyncSession, post_id: int) -> Thread:
    """Open the thread of a post that the public sees and may comment on.

    What changes in it is stored by `rows`: neither its post nor its comments are the session's.

    Raises Refused, for a post that is not public in the same words as for one that does not exist.
    """
    found = await rows.lock_post(session, post_id) if is_key(post_id) else None
    if found is None or not _is_public(found[0]):
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such post.", "postId")
    post, secret = found
    if not post.comments_open:
        raise Refused.because(
            UserErrorCode.CLOSED, "The comments on this post are closed.", "postId"
        )
    return Thread(session, post, secret, rows.read_comment)


def _is_public(post: Post) -> bool:
    return (
        post.status is PostStatus.PUBLISHED
        and post.published_at is not None
        and post.published_at <= clock.now()
    )


async def consult(
    thread: Thread, parent_id: int | None, questions: Sequence[Question] = ()
) -> tuple[Comment | None, Sequence[bool]]:
    """Read the parent of a new comment and the answers to questions, in one statement.

    Raises Refused for a parent that cannot be answered.
    """
    if parent_id is None:
        return None, await rows.ask(thread.session, questions)
    if not is_key(parent_id):
        return _answerable(thread, None), ()
    parent, answers = await rows.read_parent(thread.session, parent_id, questions)
    return _answerable(thread, parent), answers


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
