"""Lists of posts: their orders, where each reads from, and what a post shows of itself."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Table, case, func, literal, select
from sqlalchemy.sql.expression import tuple_

from ..content import CategoryPost, Post, PostAuthor, PostStatus, PostTag, Site
from .listing import Arguments, Listing, SortKey
from .scope import Scope
from .visibility import name, published, scheduled, visible_posts


class PostOrder(StrEnum):
    """In what order posts are listed."""

    PUBLISHED_DESC = "PUBLISHED_DESC"
    PUBLISHED_ASC = "PUBLISHED_ASC"
    UPDATED_DESC = "UPDATED_DESC"
    UPDATED_ASC = "UPDATED_ASC"
    TITLE_ASC = "TITLE_ASC"
    TITLE_DESC = "TITLE_DESC"
    COMMENTS_DESC = "COMMENTS_DESC"


_COLUMNS = {
    "PUBLISHED": "published_at",
    "UPDATED": "updated_at",
    "TITLE": "title_key",
    "COMMENTS": "comment_count",
}


def order_of(order: PostOrder) -> Sequence[SortKey]:
    """Give the sort keys of an order."""
    subject, direction = order.value.split("_")
    descending = direction == "DESC"
    return SortKey(_COLUMNS[subject], descending), SortKey("id", descending)


def shown_status(post: FromClause, scope: Scope) -> ColumnElement[str]:
    """Give the status as it is shown: a publication to come is SCHEDULED."""
    due = case((post.c.published_at > scope.now, name(PostStatus.SCHEDULED)), else_=post.c.status)
    return case((post.c.status == name(PostStatus.PUBLISHED), due), else_=post.c.status)


def post_url(post: FromClause, _scope: Scope) -> ColumnElement[str]:
    """Give the canonical address, on the site's frontend."""
    return site_address(Site.post_prefix) + post.c.slug


def site_address(prefix: Any) -> ColumnElement[str]:
    """Give the address that a slug is put behind."""
    address: ColumnElement[str] = select(Site.url + prefix).scalar_subquery()
    return address


def all_posts(scope: Scope, order: PostOrder, *, every_status: bool = False) -> Listing:
    """List the posts of the site: those that the audience sees, or those of every status."""
    post = Post.__table__.alias()
    undated = every_status or scope.audience.sees_undated
    return Listing(
        source=post,
        columns=columns_of(post, undated=undated),
        order=order_of(order),
        conditions=() if every_status else visible_posts(post, scope),
    )


def filed_posts(
    entries: Table,
    column: str,
    owner: Any,
    scope: Scope,
    order: PostOrder = PostOrder.PUBLISHED_DESC,
    *,
    direct: bool = False,
) -> Listing:
    """List the posts that `entries` files under an owner: an archive, a byline, a tag.

    By date of publication the entries' own index has the page; other orders sort the posts. With
    `direct`, entries that stand for a category below are left out.
    """
    entry = entries.alias()
    conditions = [entry.c[column] == owner]
    if direct:
        conditions.append(entry.c.position.is_not(None))
    by_date = order in {PostOrder.PUBLISHED_DESC, PostOrder.PUBLISHED_ASC}
    if by_date and not scope.audience.sees_undated:
        columns = {"id": entry.c.post_id, "published_at": entry.c.published_at}
        conditions += visible_posts(entry, scope)
        return Listing(entry, columns, order_of(order), conditions)
    post = Post.__table__.alias()
    return Listing(
        source=entry.join(post, post.c.id == entry.c.post_id),
        columns=columns_of(post, undated=scope.audience.sees_undated),
        order=order_of(order),
        conditions=[*conditions, *visible_posts(post, scope)],
    )


def posts_of_category(category: Any, scope: Scope, arguments: Arguments) -> Listing:
    """List the posts of a category and, unless told otherwise, of all below it."""
    direct = arguments.get("includeDescendants") is False
    order = arguments.get("orderBy") or PostOrder.PUBLISHED_DESC
    entries = CategoryPost.__table__
    return filed_posts(entries, "category_id", category, scope, order, direct=direct)


def posts_by_author(author: Any, scope: Scope, _arguments: Arguments) -> Listing:
    """List the posts that bear an author's name, newest first."""
    return filed_posts(PostAuthor.__table__, "author_id", author, scope)


def posts_with_tag(tag: Any, scope: Scope, _arguments: Arguments) -> Listing:
    """List the posts with a tag, newest first."""
    return filed_posts(PostTag.__table__, "tag_id", tag, scope)


def count_filed(
    kept: ColumnElement[int], entries: Table, column: str, owner: Any, scope: Scope
) -> ColumnElement[int]:
    """Give the number of posts that readers see under an owner.

    The kept count holds those of a future instant too; they are few, and taken off here.
    """
    entry = entries.alias()
    waiting = select(func.count()).where(entry.c[column] == owner, *scheduled(entry, scope))
    return kept - waiting.scalar_subquery()


def count_visible(
    entries: Table, column: str, owner: Any, scope: Scope, *, direct: bool = False
) -> ColumnElement[int]:
    """Count the posts that the audience sees under an owner, one by one; see `filed_posts`."""
    entry = entries.alias()
    conditions = [entry.c[column] == owner, *visible_posts(entry, scope)]
    if direct:
        conditions.append(entry.c.position.is_not(None))
    return select(func.count()).select_from(entry).where(*conditions).scalar_subquery()


def earlier(post: FromClause, scope: Scope) -> ColumnElement[int]:
    """Give the key of the post published before this one."""
    return _neighbour(post, scope, later=False)


def later(post: FromClause, scope: Scope) -> ColumnElement[int]:
    """Give the key of the post published after this one."""
    return _neighbour(post, scope, later=True)


def _neighbour(post: FromClause, scope: Scope, *, later: bool) -> ColumnElement[int]:
    other = Post.__table__.alias()
    here = tuple_(post.c.published_at, post.c.id)
    there = tuple_(other.c.published_at, other.c.id)
    keys = (other.c.published_at, other.c.id)
    return (
        select(other.c.id)
        .where(*published(other, scope), there > here if later else there < here)
        .order_by(*(keys if later else (key.desc() for key in keys)))
        .limit(literal(1, literal_execute=True))
        .correlate(post)
        .scalar_subquery()
    )


def columns_of(post: FromClause, *, undated: bool) -> Mapping[str, ColumnElement[Any]]:
    """Give what posts are sorted by; `undated` if some of them may never have been published."""
    if not undated:
        return dict(post.c.items())
    # A draft has no date of publication to be sorted by; it stands where it was last saved.
    dated = func.coalesce(post.c.published_at, post.c.updated_at)
    return {**dict(post.c.items()), "published_at": dated}
