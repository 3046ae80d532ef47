"""What a filter of posts means."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    FromClause,
    String,
    and_,
    false,
    func,
    not_,
    or_,
    select,
    true,
)

from ..content import Author, Category, CategoryPost, PostAuthor, PostStatus, PostTag, Tag
from ..content.base import Instant
from ..errors import TooComplex
from .listing import Arguments, Listing
from .lookups import key_known_by
from .posts import PostOrder, all_posts, filed_posts
from .scope import Scope
from .search import is_match, search_terms
from .visibility import name, scheduled

Filter = Mapping[str, Any]

MOST_CONDITIONS = 300
MOST_LEVELS = 10
"""How far filters may stand in one another, the outermost counted."""

_NOTHING_ELSE = 2  # the subject, and whether descendants count
_FILED = {
    "category": (CategoryPost.__table__, "category_id", Category.__table__),
    "author": (PostAuthor.__table__, "author_id", Author.__table__),
    "tag": (PostTag.__table__, "tag_id", Tag.__table__),
}


def posts_of_site(_parent: None, scope: Scope, arguments: Arguments) -> Listing:
    """List the posts that a filter lets through.

    A filter by nothing but one category, author or tag reads what is filed under it.
    """
    order = arguments.get("orderBy") or PostOrder.PUBLISHED_DESC
    where = arguments.get("where") or {}
    _check_size(where)
    given = {key: value for key, value in where.items() if value is not None}
    given.setdefault("includeDescendants", True)
    if len(given) == _NOTHING_ELSE and (subject := next(iter(given.keys() & _FILED.keys()), None)):
        entries, column, table = _FILED[subject]
        owner = key_known_by(table, subject.capitalize(), given[subject], scope)
        direct = subject == "category" and not given["includeDescendants"]
        return filed_posts(entries, column, owner, scope, order, direct=direct)
    return _filtered(given, order, scope)


def _check_size(where: Any) -> None:
    depth, size = _measure(where)
    if depth > MOST_LEVELS:
        raise TooComplex(f"`where` holds filters more than {MOST_LEVELS} levels deep")
    if size > MOST_CONDITIONS:
        raise TooComplex(f"`where` holds more than {MOST_CONDITIONS} conditions")


def _measure(where: Any) -> tuple[int, int]:
    """Measure how deep a filter is, and how many conditions are in it."""
    filters = isinstance(where, Mapping)
    parts = where.values() if filters else where if isinstance(where, list) else ()
    below = [_measure(part) for part in parts]
    depth = filters + max((depth for depth, _ in below), default=0)
    return depth, sum(filters + size for _, size in below)


def _filtered(where: Filter, order: PostOrder, scope: Scope) -> Listing:
    asked = where.get("status") if scope.audience.edits else None
    listing = all_posts(scope, order, every_status=bool(asked))
    conditions = (*listing.conditions, condition(where, listing.source, scope))
    return Listing(listing.source, listing.columns, listing.order, conditions)


def condition(where: Filter, post: FromClause, scope: Scope) -> ColumnElement[bool]:
    """Write a filter as a condition on a row of posts; its parts hold together."""
    parts = [
        _PARTS[key](value, post, scope, where)
        for key, value in where.items()
        if value is not None and key in _PARTS
    ]
    return and_(true(), *parts)


def _filed(subject: str) -> Callable[[Any, FromClause, Scope, Filter], ColumnElement[bool]]:
    def under(by: Any, post: FromClause, scope: Scope, where: Filter) -> ColumnElement[bool]:
        entries, column, table = _FILED[subject]
        entry = entries.alias()
        owner = key_known_by(table, subject.capitalize(), by, scope)
        conditions = [entry.c.post_id == post.c.id, entry.c[column] == owner]
        if subject == "category" and where.get("includeDescendants") is False:
            conditions.append(entry.c.position.is_not(None))
        return select(1).select_from(entry).where(*conditions).exists()

    return under


def _status(
    statuses: Sequence[PostStatus], post: FromClause, scope: Scope, _where: Filter
) -> ColumnElement[bool]:
    return or_(false(), *(_has_status(status, post, scope) for status in statuses))


def _has_status(status: PostStatus, post: FromClause, scope: Scope) -> ColumnElement[bool]:
    if status is PostStatus.SCHEDULED:
        return and_(*scheduled(post, scope))
    if status is PostStatus.PUBLISHED:
        return and_(post.c.status == name(status), post.c.published_at <= scope.now)
    return post.c.status == name(status)


def _compared(column: str, operator: str) -> Callable[..., ColumnElement[bool]]:
    def compare(value: Any, post: FromClause, scope: Scope, _where: Filter) -> ColumnElement[bool]:
        return post.c[column].op(operator, is_comparison=True)(scope.bind(value, Instant()))

    return compare


def _sticky(value: Any, post: FromClause, scope: Scope, _where: Filter) -> ColumnElement[bool]:
    return post.c.sticky == scope.bind(value, Boolean())


def _search(value: Any, post: FromClause, scope: Scope, _where: Filter) -> ColumnElement[bool]:
    dialect = scope.dialect.name
    terms = scope.bind(value, String(), lambda query: search_terms(query, dialect))
    return is_match(dialect, terms, post.c.id)


def _and(parts: Any, post: FromClause, scope: Scope, _where: Filter) -> ColumnElement[bool]:
    return and_(true(), *(condition(part, post, scope) for part in parts))


def _or(parts: Any, post: FromClause, scope: Scope, _where: Filter) -> ColumnElement[bool]:
    return or_(false(), *(condition(part, post, scope) for part in parts))


def _not(part: Any, post: FromClause, scope: Scope, _where: Filter) -> ColumnElement[bool]:
    # A draft without a date was not published after any instant: what is unknown does not hold.
    return not_(func.coalesce(condition(part, post, scope), false()))


_PARTS: Mapping[str, Callable[[Any, FromClause, Scope, Filter], ColumnElement[bool]]] = {
    "category": _filed("category"),
    "author": _filed("author"),
    "tag": _filed("tag"),
    "status": _status,
    "publishedAfter": _compared("published_at", ">"),
    "publishedBefore": _compared("published_at", "<"),
    "updatedAfter": _compared("updated_at", ">"),
    "sticky": _sticky,
    "search": _search,
    "and": _and,
    "or": _or,
    "not": _not,
}
