"""Statements compiled once: what SQLAlchemy does for each execution is done beforehand."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from sqlalchemy import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from .reading import Reading, Rows, Statement

Values: TypeAlias = Mapping[str, Any]
_Convert: TypeAlias = Callable[[Any], Any] | None


class Compiled:
    """A statement as the driver of a database takes it; `columns` are those it inserts or sets."""

    def __init__(self, statement: Any, dialect: Dialect, *columns: str) -> None:
        compiled: SQLCompiler = statement.compile(
            dialect=dialect,
            column_keys=columns or None,
            compile_kwargs={"render_postcompile": True},
        )
        self._sql = str(compiled)
        self._values = [
            (name, compiled.params[name], _written(compiled.binds[name].type, dialect))
            for name in compiled.positiontup or ()
        ]
        self._shown = [_shown(column.type, dialect) for column in statement.exported_columns]

    def reading(self, values: Values) -> Reading[Rows]:
        """Give its rows within a reading, with values that are bound by name."""
        return self.shown((yield self.bound(values)))

    def bound(self, values: Values) -> Statement:
        """Bind values by name."""
        given = [
            values.get(name, default) if write is None else write(values.get(name, default))
            for name, default, write in self._values
        ]
        return Statement(self._sql, given)

    def shown(self, rows: Rows) -> Rows:
        """Read what the driver gives as the types of the columns have it."""
        if not self._shown:
            # SQLAlchemy has PostgreSQL answer a new row's key, whether it is asked for or not.
            return ()
        return [
            [
                value if show is None else show(value)
                for value, show in zip(row, self._shown, strict=True)
            ]
            for row in rows
        ]


def _written(kind: Any, dialect: Dialect) -> _Convert:
    convert: _Convert = kind.dialect_impl(dialect).bind_processor(dialect)
    return convert


def _shown(kind: Any, dialect: Dialect) -> _Convert:
    convert: _Convert = kind.dialect_impl(dialect).result_processor(dialect, None)
    return convert
