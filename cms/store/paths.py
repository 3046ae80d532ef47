"""Paths of the site's frontend: what stands at one, where it moved to, or that it is gone."""

import unicodedata
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Select,
    String,
    Table,
    and_,
    func,
    literal,
    null,
    select,
    true,
    union_all,
)

from ..content import Addressed, Author, Category, Post, RetiredSlug, Site
from .scope import Scope
from .visibility import reachable_posts

_LONGEST = 2_000

_KINDS: tuple[tuple[str, Addressed, Table, str], ...] = (
    ("Category", Addressed.CATEGORY, Category.__table__, "category_prefix"),
    ("Author", Addressed.AUTHOR, Author.__table__, "author_prefix"),
    ("Post", Addressed.POST, Post.__table__, "post_prefix"),
)


def clean_path(given: str) -> str:
    """Reduce a path, or a whole address, to what is compared: decoded, no slash at its end."""
    try:
        path = urlsplit(given[:_LONGEST]).path
    except ValueError:
        path = given[:_LONGEST]
    path = unicodedata.normalize("NFC", unquote(path))
    return "/" + path.strip("/")


def resolution(path: Any, scope: Scope) -> CompoundSelect[Any]:
    """Select what a path leads to: `type`, `id`, `to` and `since`, the best row first.

    Rows of a living thing come before redirects, and those before what is gone; the longer of two
    prefixes that fit comes first.
    """
    bound = scope.bind(path, String(), clean_path)
    branches = [
        branch
        for kind in _KINDS
        for branch in (_living(*kind, bound, scope), _retired(*kind, bound, scope))
    ]
    return union_all(*branches).order_by("rank", "specific")


def _living(
    entity: str, _kind: Addressed, table: Table, prefix: str, path: Any, scope: Scope
) -> Select[Any]:
    site, row = Site.__table__, table.alias()
    return (
        _row(entity, row.c.id, null(), null(), 0, site.c[prefix])
        .select_from(site.join(row, row.c.slug == _behind(site.c[prefix], path)))
        .where(_fits(site.c[prefix], path), *_visible(entity, row, scope))
    )


def _retired(
    entity: str, kind: Addressed, table: Table, prefix: str, path: Any, scope: Scope
) -> Select[Any]:
    """Select the redirect to where something moved, or that it is gone for ever."""
    site, row, retired = Site.__table__, table.alias(), RetiredSlug.__table__.alias()
    there = site.join(retired, retired.c.slug == _behind(site.c[prefix], path)).outerjoin(
        row, row.c.id == retired.c.entity_id
    )
    visible = _visible(entity, row, scope)
    return (
        _row(
            entity,
            row.c.id,
            site.c.url + site.c[prefix] + row.c.slug,
            retired.c.retired_at,
            1,
            site.c[prefix],
        )
        .select_from(there)
        .where(
            retired.c.kind == kind.value,
            _fits(site.c[prefix], path),
            retired.c.entity_id.is_(None) | (row.c.id.is_not(None) & and_(true(), *visible)),
        )
    )


def _row(
    entity: str,
    key: ColumnElement[int],
    to: ColumnElement[Any],
    since: ColumnElement[Any],
    rank: int,
    prefix: ColumnElement[str],
) -> Select[Any]:
    return select(
        literal(entity, literal_execute=True).label("type"),
        key.label("id"),
        to.label("to"),
        since.label("since"),
        literal(rank, literal_execute=True).label("rank"),
        (-func.length(prefix)).label("specific"),
    )


def _fits(prefix: ColumnElement[str], path: Any) -> ColumnElement[bool]:
    return func.substr(path, 1, func.length(prefix)) == prefix


def _behind(prefix: ColumnElement[str], path: Any) -> ColumnElement[str]:
    return func.substr(path, func.length(prefix) + 1)


def _visible(entity: str, row: FromClause, scope: Scope) -> Any:
    return reachable_posts(row, scope) if entity == "Post" else ()
