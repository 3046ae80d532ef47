"""Lists of categories, and what a category shows of itself."""

from enum import StrEnum
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, FromClause, String

from ..content import Category, CategoryPost, Site
from ..text.slugs import title_key
from .listing import Arguments, Listing, SortKey
from .patterns import containing
from .posts import count_filed, count_visible, site_address
from .scope import Scope


class CategoryOrder(StrEnum):
    """In what order categories are listed."""

    NAME_ASC = "NAME_ASC"
    POSTS_DESC = "POSTS_DESC"


_ORDERS = {
    CategoryOrder.NAME_ASC: (SortKey("name_key"), SortKey("id")),
    CategoryOrder.POSTS_DESC: (SortKey("post_count", True), SortKey("id", True)),
}


def categories_of_site(_parent: None, scope: Scope, arguments: Arguments) -> Listing:
    """List the site's categories, as far as a filter lets them through."""
    category = Category.__table__.alias()
    where = arguments.get("where") or {}
    conditions: list[ColumnElement[bool]] = []
    if where.get("rootsOnly"):
        conditions.append(category.c.parent_id.is_(None))
    if where.get("search") is not None:
        pattern = scope.bind(where["search"], String(), partial(containing, key=title_key))
        conditions.append(category.c.name_key.like(pattern, escape="\\"))
    order = arguments.get("orderBy") or CategoryOrder.NAME_ASC
    columns: dict[str, ColumnElement[Any]] = dict(category.c.items())
    if order is CategoryOrder.POSTS_DESC:
        # The kept count holds what is to come, which neither the order nor a cursor may tell.
        columns["post_count"] = post_count(category, scope)
    return Listing(category, columns, _ORDERS[order], conditions)


def category_url(category: FromClause, _scope: Scope) -> ColumnElement[str]:
    """Give the canonical address, on the site's frontend."""
    return site_address(Site.category_prefix) + category.c.slug


def post_count(category: FromClause, scope: Scope) -> ColumnElement[int]:
    """Give the number of posts that readers see in a category and below it."""
    return count_filed(
        category.c.post_count, CategoryPost.__table__, "category_id", category.c.id, scope
    )


def count_posts(category: FromClause, scope: Scope, arguments: Arguments) -> ColumnElement[int]:
    """Give the length of a category's list of posts."""
    direct = arguments.get("includeDescendants") is False
    if direct or scope.audience.sees_undated:
        entries = CategoryPost.__table__
        return count_visible(entries, "category_id", category.c.id, scope, direct=direct)
    return post_count(category, scope)
