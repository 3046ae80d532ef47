"""Who may see what: the one place that decides it."""

from collections.abc import Sequence
from typing import Any, TypeAlias

from sqlalchemy import (
    ColumnElement,
    FromClause,
    UnaryExpression,
    and_,
    false,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.sql.operators import custom_op

from ..actors import Actor, Role
from ..content import CommentStatus, JournalEntry, Post, PostAuthor, PostStatus
from .scope import Audience, Perspective, Scope

Conditions: TypeAlias = Sequence[ColumnElement[bool]]


def audience_of(actor: Actor, perspective: Perspective = Perspective.PUBLISHED) -> Audience:
    """Tell whose eyes an actor looks with; drafts are seen by who asks for them and may."""
    edits, asks = actor.is_at_least(Role.EDITOR), perspective is Perspective.DRAFT
    writes = actor.is_at_least(Role.CONTRIBUTOR) and actor.author_id is not None
    return Audience(
        moderates=actor.is_at_least(Role.MODERATOR),
        edits=edits,
        administers=actor.is_at_least(Role.ADMIN),
        drafts=asks and edits,
        own_drafts=asks and writes and not edits,
        holder=actor.comment_id is not None or actor.post_id is not None,
    )


def name(value: Any) -> ColumnElement[str]:
    """Write a constant into the statement itself, where the database can plan by it."""
    return literal(str(value), literal_execute=True)


def visible_posts(entry: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which a post is seen.

    `entry` is the table of posts or one that repeats its `status` and `published_at`.
    """
    if scope.audience.drafts:
        return ()
    public = published(entry, scope)
    also = []
    if scope.audience.holder:
        also.append(_post_key(entry) == scope.post_id)
    if scope.audience.own_drafts:
        also.append(own_draft(entry, scope.author_id))
    return (or_(and_(*public), *also),) if also else public


def published(entry: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which the public sees a post."""
    instant: ColumnElement[Any] = entry.c.published_at
    if scope.dialect.name == "sqlite":
        # SQLite seeks by one bound alone: it must be the cursor's, or a page costs what lies ahead
        # of it. A unary plus keeps this one out of the choice.
        instant = UnaryExpression(instant, operator=custom_op("+"), type_=instant.type)
    return (entry.c.status == name(PostStatus.PUBLISHED), instant <= scope.now)


def own_draft(entry: FromClause, author_id: Any) -> ColumnElement[bool]:
    """Tell whether a post is a draft that is one author's alone, and that the public never saw."""
    key = _post_key(entry)
    name_in, journal = PostAuthor.__table__.alias(), JournalEntry.__table__.alias()
    byline = select(1).select_from(name_in).where(name_in.c.post_id == key).correlate(entry)
    told = select(1).select_from(journal).correlate(entry)
    return and_(
        entry.c.status == name(PostStatus.DRAFT),
        byline.where(name_in.c.author_id == author_id).exists(),
        ~byline.where(name_in.c.author_id != author_id).exists(),
        ~told.where(
            journal.c.entity == name("Post"), journal.c.entity_id == key, journal.c.public
        ).exists(),
    )


def scheduled(entry: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which a post waits for its instant."""
    return (entry.c.status == name(PostStatus.PUBLISHED), entry.c.published_at > scope.now)


def visible_in_thread(comment: FromClause) -> Conditions:
    """Give the conditions under which a comment, or its tombstone, stands in a thread."""
    approved = comment.c.status == name(CommentStatus.APPROVED)
    return (comment.c.ordinal.is_not(None), or_(approved, comment.c.reply_count > 0))


def visible_comments(comment: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which a comment is seen by itself, wherever it comes from.

    Nobody sees one on a post that they do not see: it could not say where it stands.
    """
    seen: ColumnElement[bool] = and_(*visible_in_thread(comment))
    if scope.audience.moderates:
        seen = true()
    elif scope.audience.holder:
        seen = or_(seen, comment.c.id == scope.comment_id)
    return (seen, _on_visible_post(comment, scope))


def legible(comment: FromClause, scope: Scope) -> ColumnElement[bool]:
    """Tell whether a comment shows its name and words, or is a tombstone."""
    if scope.audience.moderates:
        return true()
    approved = comment.c.status == name(CommentStatus.APPROVED)
    if scope.audience.holder:
        return or_(approved, comment.c.id == scope.comment_id)
    return approved


def visible_revisions(scope: Scope) -> Conditions:
    """Give the conditions under which revisions are seen: by editors alone."""
    return () if scope.audience.edits else (false(),)


def visible_tokens(token: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which an access token is seen: by administrators, until revoked."""
    return (token.c.revoked_at.is_(None),) if scope.audience.administers else (false(),)


def _post_key(entry: FromClause) -> ColumnElement[int]:
    key: ColumnElement[int] = entry.c.id if "title" in entry.c else entry.c.post_id
    return key


def _on_visible_post(comment: FromClause, scope: Scope) -> ColumnElement[bool]:
    post = Post.__table__.alias()
    return (
        select(1)
        .select_from(post)
        .where(post.c.id == comment.c.post_id, *visible_posts(post, scope))
        .exists()
    )
