"""Lists of comments: threads, everything in reading order, the newest of all."""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    and_,
    case,
    false,
    func,
    literal,
    null,
    or_,
    select,
)

from ..content import Comment, CommentSender, CommentStatus
from ..content.base import Instant
from .listing import Arguments, Listing, SortKey
from .lookups import key
from .patterns import containing
from .scope import Scope
from .visibility import legible, name, visible_comments, visible_in_thread


class CommentOrder(StrEnum):
    """In what order comments are listed."""

    OLDEST = "OLDEST"
    NEWEST = "NEWEST"


class ThreadShape(StrEnum):
    """How a thread is laid out."""

    THREADED = "THREADED"
    FLAT = "FLAT"


def comments_of_post(post: Any, _scope: Scope, arguments: Arguments) -> Listing:
    """List a post's comments: its threads, or every comment in reading order.

    In reading order a reply follows what it answers, whichever siblings come first.
    """
    comment = Comment.__table__.alias()
    order = arguments.get("orderBy") or CommentOrder.OLDEST
    if arguments.get("shape") is not ThreadShape.FLAT:
        return _siblings(comment, order, comment.c.post_id == post, comment.c.parent_id.is_(None))
    return Listing(
        source=comment,
        columns=dict(comment.c.items()),
        order=(SortKey("path" if order is CommentOrder.OLDEST else "reversed_path"),),
        conditions=(comment.c.post_id == post, *visible_in_thread(comment)),
    )


def replies_of(parent: Any, _scope: Scope, arguments: Arguments) -> Listing:
    """List the direct replies to a comment."""
    comment = Comment.__table__.alias()
    order = arguments.get("orderBy") or CommentOrder.OLDEST
    return _siblings(comment, order, comment.c.parent_id == parent)


def comments_of_site(_parent: None, scope: Scope, arguments: Arguments) -> Listing:
    """List comments from everywhere, newest first, as far as a filter lets them through."""
    comment = Comment.__table__.alias()
    seen = visible_comments(comment, scope)
    if not scope.audience.moderates:
        # A tombstone says something in its thread, but nothing by itself.
        seen = (*seen, comment.c.status == name(CommentStatus.APPROVED))
    where = arguments.get("where") or {}
    asked = (
        _FILTERS[key](value, comment, scope) for key, value in where.items() if value is not None
    )
    return Listing(
        source=comment,
        columns=dict(comment.c.items()),
        order=(SortKey("submitted_at", True), SortKey("id", True)),
        conditions=(*seen, *asked),
    )


def _siblings(
    comment: FromClause, order: CommentOrder, *conditions: ColumnElement[bool]
) -> Listing:
    return Listing(
        source=comment,
        columns=dict(comment.c.items()),
        order=(SortKey("ordinal", order is CommentOrder.NEWEST),),
        conditions=(*conditions, *visible_in_thread(comment)),
    )


def shown_status(comment: FromClause, scope: Scope) -> ColumnElement[str]:
    """Give the status as the viewer is told it.

    Who sent spam is told that it is pending; a tombstone is REMOVED, whatever the reason.
    """
    if scope.audience.moderates:
        return comment.c.status
    approved = comment.c.status == name(CommentStatus.APPROVED)
    if not scope.audience.holder:
        return case((approved, comment.c.status), else_=name(CommentStatus.REMOVED))
    own = comment.c.id == scope.comment_id
    waiting = comment.c.status.in_([name(CommentStatus.PENDING), name(CommentStatus.SPAM)])
    return case(
        (approved, comment.c.status),
        (own & waiting, name(CommentStatus.PENDING)),
        else_=name(CommentStatus.REMOVED),
    )


def shown(column: str, otherwise: str | None = "") -> Callable[..., ColumnElement[Any]]:
    """Give what makes a column of a comment, or what a tombstone shows in its place."""
    blank = null() if otherwise is None else literal(otherwise, literal_execute=True)

    def build(comment: FromClause, scope: Scope) -> ColumnElement[Any]:
        return case((legible(comment, scope), comment.c[column]), else_=blank)

    return build


def verified(comment: FromClause, scope: Scope) -> ColumnElement[bool]:
    """Tell whether the sender was signed in as one of the site's own."""
    return and_(comment.c.verified, legible(comment, scope))


def email(comment: FromClause, scope: Scope) -> ColumnElement[Any]:
    """Give the sender's e-mail address to moderators, and nothing to others."""
    if not scope.audience.moderates:
        return null()
    sender = CommentSender.__table__.alias()
    return select(sender.c.email).where(sender.c.comment_id == comment.c.id).scalar_subquery()


def avatar_url(comment: FromClause, scope: Scope) -> ColumnElement[str]:
    """Give the address of a picture that stands for the sender."""
    nobody = "0" * 32
    avatar = shown("avatar", nobody)(comment, scope)
    return scope.base_url + "/avatars/" + avatar + ".svg"


def count_in_thread(post: FromClause, _scope: Scope, arguments: Arguments) -> ColumnElement[int]:
    """Give the length of a post's list of comments."""
    if arguments.get("shape") is ThreadShape.FLAT:
        return post.c.comment_count + post.c.tombstone_count
    return post.c.thread_count


def _has_status(
    statuses: Sequence[CommentStatus], comment: FromClause, scope: Scope
) -> ColumnElement[bool]:
    return or_(false(), *(shown_status(comment, scope) == name(status) for status in statuses))


def _on_post(post: Any, comment: FromClause, scope: Scope) -> ColumnElement[bool]:
    return comment.c.post_id == key(post, "Post", scope)


def _matches(words: Any, comment: FromClause, scope: Scope) -> ColumnElement[bool]:
    pattern = scope.bind(words, String(), containing)
    haystack = func.lower(comment.c.author_name + " " + comment.c.text)
    return haystack.like(func.lower(pattern), escape="\\")


def _after(instant: Any, comment: FromClause, scope: Scope) -> ColumnElement[bool]:
    return comment.c.submitted_at > scope.bind(instant, Instant())


_FILTERS: Mapping[str, Callable[[Any, FromClause, Scope], ColumnElement[bool]]] = {
    "status": _has_status,
    "postId": _on_post,
    "search": _matches,
    "submittedAfter": _after,
}
