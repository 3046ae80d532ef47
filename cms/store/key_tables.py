"""Keys that a statement is given, as a table: their number is not part of its text."""

from collections.abc import Sequence
from typing import Any

import orjson
from sqlalchemy import BigInteger, Dialect, FromClause, String, bindparam, column, func
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import TypeDecorator, TypeEngine


class Keys(TypeDecorator[Sequence[int]]):
    """Keys in one value: an array in PostgreSQL, JSON in SQLite, which has no arrays."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the type by what the database has."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(ARRAY(BigInteger))
        return dialect.type_descriptor(String())

    def process_bind_param(self, value: Sequence[int] | None, dialect: Dialect) -> Any:
        """Write the keys."""
        if value is None or dialect.name == "postgresql":
            return value
        return keys_text(list(value))


def keys_text(keys: list[int]) -> str:
    """Write keys as SQLite is given them."""
    return orjson.dumps(keys).decode()


def keys_table(name: str, dialect: Dialect) -> FromClause:
    """Give the keys that are bound to a name as a table of one column, `value`."""
    given = bindparam(name, None, type_=Keys())
    value = column("value", BigInteger())
    if dialect.name == "sqlite":
        return func.json_each(given).table_valued(value, name=name)
    return func.unnest(given).table_valued(value, name=name).render_derived()
