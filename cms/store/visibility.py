"""Who may see what: the one place that decides it."""

from collections.abc import Callable, Sequence
from datetime import datetime
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

from ..actors import ANONYMOUS, Actor, Role
from ..content import CommentStatus, JournalEntry, Post, PostAuthor, PostStatus, PostTag
from ..errors import Forbidden
from .scope import PUBLIC, Audience, Perspective, Scope, View

Conditions: TypeAlias = Sequence[ColumnElement[bool]]


def audience_of(actor: Actor, view: View = Perspective.PUBLISHED) -> Audience:
    """Tell whose eyes an actor looks with; drafts are seen by who asks for them and may.

    At an instant to come everybody sees what readers will.
    """
    if isinstance(view, datetime) or (actor is ANONYMOUS and view is Perspective.PUBLISHED):
        return PUBLIC
    edits, asks = actor.is_at_least(Role.EDITOR), view is Perspective.DRAFT
    writes = actor.is_at_least(Role.CONTRIBUTOR) and actor.author_id is not None
    return Audience(
        moderates=actor.is_at_least(Role.MODERATOR),
        edits=edits,
        administers=actor.is_at_least(Role.ADMIN),
        drafts=asks and edits,
        own_drafts=asks and writes and not edits,
        holder=actor.comment_id is not None,
        previews=actor.post_id is not None,
    )


def sees_scheduled(actor: Actor) -> bool:
    """Tell whether an actor may see what is to come."""
    return actor.is_at_least(Role.EDITOR)


def name(value: Any) -> ColumnElement[str]:
    """Write a constant into the statement itself, where the database can plan by it."""
    return literal(str(value), literal_execute=True)


def visible_posts(entry: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which a post is seen: in lists, in counts, wherever it stands.

    `entry` is the table of posts or one that repeats its `status` and `published_at`.
    """
    if scope.audience.drafts:
        return ()
    public = published(entry, scope)
    if scope.audience.own_drafts:
        return (or_(and_(*public), own_draft(entry, scope.author_id)),)
    return public


def reachable_posts(post: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which a post is seen by who asks for that very one.

    A preview token shows its post so, and nowhere else.
    """
    visible = visible_posts(post, scope)
    if not scope.audience.previews:
        return visible
    held = and_(post.c.id == scope.post_id, *kept(post))
    return (or_(held, and_(true(), *visible)),)


def published(entry: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which the public sees a post."""
    instant: ColumnElement[Any] = entry.c.published_at
    if scope.dialect.name == "sqlite":
        # SQLite seeks by one bound alone: it must be the cursor's, or a page costs what lies ahead
        # of it. A unary plus keeps this one out of the choice.
        instant = UnaryExpression(instant, operator=custom_op("+"), type_=instant.type)
    return (entry.c.status == name(PostStatus.PUBLISHED), instant <= scope.now)


def kept(post: FromClause) -> Conditions:
    """Give the conditions under which a post can be shown as it stands, by who may show it."""
    return (post.c.status != name(PostStatus.TRASHED),)


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
    return (_shown(comment, scope), _on_post(comment, scope, visible_posts))


def reachable_comments(comment: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which a comment is seen by who asks for that very one."""
    return (_shown(comment, scope), _on_post(comment, scope, reachable_posts))


def legible(comment: FromClause, scope: Scope) -> ColumnElement[bool]:
    """Tell whether a comment shows its name and words, or is a tombstone."""
    if scope.audience.moderates:
        return true()
    approved = comment.c.status == name(CommentStatus.APPROVED)
    if scope.audience.holder:
        return or_(approved, comment.c.id == scope.comment_id)
    return approved


def reachable_tags(tag: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which a tag is seen by who asks for it: some post shows it.

    Tags are made with posts, and may say what a draft is about.
    """
    if scope.audience.drafts:
        return ()
    entry = PostTag.__table__.alias()
    borne = select(1).select_from(entry).where(entry.c.tag_id == tag.c.id)
    return (borne.where(*visible_posts(entry, scope)).exists(),)


def visible_images(image: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which an image is seen by itself: on a post that is seen.

    Editors see all, and those who write what they sent. Whoever sees a post sees its image.
    """
    if scope.audience.edits:
        return ()
    post = Post.__table__.alias()
    shown = (
        select(1)
        .select_from(post)
        .where(post.c.image_id == image.c.id, *reachable_posts(post, scope))
        .exists()
    )
    own = (image.c.author_id == scope.author_id,) if scope.audience.own_drafts else ()
    return (or_(shown, *own),)


def listed_images(image: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which an image is there to choose from: see `visible_images`."""
    if scope.audience.edits:
        return ()
    return (image.c.author_id == scope.author_id,) if scope.audience.own_drafts else (false(),)


def visible_revisions(scope: Scope) -> Conditions:
    """Give the conditions under which revisions are seen: by editors alone."""
    return () if scope.audience.edits else (false(),)


def visible_tokens(token: FromClause, scope: Scope) -> Conditions:
    """Give the conditions under which an access token is seen: by administrators, until revoked."""
    return (token.c.revoked_at.is_(None),) if scope.audience.administers else (false(),)


def require_administrator(scope: Scope) -> None:
    """Let through only administrators: who did what is for them alone. Raises Forbidden."""
    if not scope.audience.administers:
        raise Forbidden("This takes the role ADMIN.")


def _post_key(entry: FromClause) -> ColumnElement[int]:
    key: ColumnElement[int] = entry.c.id if "title" in entry.c else entry.c.post_id
    return key


def _shown(comment: FromClause, scope: Scope) -> ColumnElement[bool]:
    if scope.audience.moderates:
        return true()
    seen = and_(*visible_in_thread(comment))
    return or_(seen, comment.c.id == scope.comment_id) if scope.audience.holder else seen


def _on_post(
    comment: FromClause, scope: Scope, seen: Callable[[FromClause, Scope], Conditions]
) -> ColumnElement[bool]:
    post = Post.__table__.alias()
    return (
        select(1)
        .select_from(post)
        .where(post.c.id == comment.c.post_id, *seen(post, scope))
        .exists()
    )
