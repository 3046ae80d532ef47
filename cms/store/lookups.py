"""Finding one row by what a caller knows it by: its id or its slug."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, FromClause, String, Table, select

from .keys import key_of
from .scope import Scope


def known_by(
    row: FromClause, entity: str, by: Mapping[str, Any], scope: Scope
) -> ColumnElement[bool]:
    """Tell whether a row is the one that `by` names: `{"id": …}` or `{"slug": …}`."""
    if "id" in by:
        return row.c.id == key(by["id"], entity, scope)
    return row.c.slug == scope.bind(by["slug"], String())


def key(given: Any, entity: str, scope: Scope) -> ColumnElement[int]:
    """Bind the key that a global id stands for."""
    return scope.bind(given, BigInteger(), partial(key_of, entity=entity))


def key_known_by(
    table: Table, entity: str, by: Mapping[str, Any], scope: Scope
) -> ColumnElement[int]:
    """Give the key of the row that `by` names, as an expression."""
    if "id" in by:
        return key(by["id"], entity, scope)
    row = table.alias()
    found: ColumnElement[int] = (
        select(row.c.id).where(row.c.slug == scope.bind(by["slug"], String())).scalar_subquery()
    )
    return found
