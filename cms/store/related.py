"""The list of posts that have most in common with a post."""

from typing import Any

from sqlalchemy import FromClause, Select, Table, and_, func, literal, select, true, union_all

from ..content import CategoryPost, PostTag
from .listing import Arguments, Listing, SortKey
from .scope import Scope
from .visibility import published

CANDIDATES = 30
"""How many of each tag's and each category's newest posts are looked at.

A category may hold a hundred thousand posts; those beyond its newest few are not what a reader
should be pointed to next.
"""
_TAG_WEIGHT = 2


def related_to(post: Any, scope: Scope, _arguments: Arguments) -> Listing:
    """List the posts that share tags or categories with a post; a shared tag counts double."""
    shared = union_all(
        _sharing(PostTag.__table__, "tag_id", _TAG_WEIGHT, post, scope),
        _sharing(CategoryPost.__table__, "category_id", 1, post, scope),
    ).subquery()
    weight = func.sum(shared.c.weight).label("weight")
    ranked = (
        select(shared.c.post_id, weight, shared.c.published_at)
        .where(shared.c.post_id != post)
        .group_by(shared.c.post_id, shared.c.published_at)
        .correlate(post.table)
        .subquery()
    )
    return Listing(
        source=ranked,
        columns={
            "id": ranked.c.post_id,
            "weight": ranked.c.weight,
            "published_at": ranked.c.published_at,
        },
        order=(SortKey("weight", True), SortKey("published_at", True), SortKey("id", True)),
    )


def _sharing(entries: Table, column: str, weight: int, post: Any, scope: Scope) -> Select[Any]:
    own, other = entries.alias(), entries.alias()
    newest = (
        select(other.c.post_id, other.c.published_at)
        .where(other.c[column] == own.c[column], *published(other, scope))
        .order_by(other.c.published_at.desc(), other.c.post_id.desc())
        .limit(literal(CANDIDATES, literal_execute=True))
        .correlate(own)
    )
    found: FromClause
    if scope.dialect.name == "sqlite":
        # SQLite has no LATERAL, but evaluates a correlated IN once for each outer row.
        found = entries.alias()
        among = found.c.post_id.in_(newest.with_only_columns(other.c.post_id))
        source = own.join(found, and_(found.c[column] == own.c[column], among))
    else:
        found = newest.lateral()
        source = own.join(found, true())
    return (
        select(
            found.c.post_id,
            found.c.published_at,
            literal(weight, literal_execute=True).label("weight"),
        )
        .select_from(source)
        .where(own.c.post_id == post, own.c.position.is_not(None))
        .correlate(post.table)
    )
