"""Prepared statements: what is run for every request, compiled once.

On SQLite they run on the driver's own connection in the event loop: they touch a few rows, found
by an index, so that a thread, or SQLAlchemy's cost of an execution, would be the most of it.
"""

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeAlias

from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.compiler import SQLCompiler

DIRECT = "pressroom.direct"
"""Where the information of a session has the driver's connection, if it may be used."""

Values: TypeAlias = Mapping[str, Any]
_Convert: TypeAlias = Callable[[Any], Any] | None
_DIALECT = sqlite.dialect(paramstyle="qmark")


class Prepared:
    """A statement whose values are bound by name; `columns` are those that it inserts or sets.

    What a session has not flushed yet is not seen by it.
    """

    def __init__(self, statement: Any, *columns: str) -> None:
        self._statement = statement
        self._columns = columns

    async def rows(self, session: AsyncSession, values: Values) -> Sequence[Sequence[Any]]:
        """Run it with one set of values, and give all rows."""
        direct = session.info.get(DIRECT)
        if direct is None:
            found = await session.execute(self._statement, values)
            return found.all() if self._statement.exported_columns else ()
        return self._compiled.rows(direct, values)

    async def rows_of_each(
        self, session: AsyncSession, each: Sequence[Values]
    ) -> Sequence[Sequence[Any]]:
        """Run it with several sets of values; give a row for each, in their order."""
        direct = session.info.get(DIRECT)
        if direct is None:
            return (await session.execute(self._statement, each)).all()
        return [self._compiled.rows(direct, values)[0] for values in each]

    async def row(self, session: AsyncSession, values: Values) -> Sequence[Any] | None:
        """Run it with one set of values, and give the first row."""
        rows = await self.rows(session, values)
        return rows[0] if rows else None

    @cached_property
    def _compiled(self) -> "_Compiled":
        return _Compiled(self._statement, self._columns)


class _Compiled:
    """A statement as the driver of SQLite takes it."""

    def __init__(self, statement: Any, columns: Sequence[str]) -> None:
        compiled: SQLCompiler = statement.compile(dialect=_DIALECT, column_keys=columns or None)
        self._sql = str(compiled)
        self._values = [
            (name, compiled.params[name], _written(compiled.binds[name].type))
            for name in compiled.positiontup or ()
        ]
        self._shown = [_shown(column.type) for column in statement.exported_columns]

    def rows(self, connection: sqlite3.Connection, values: Values) -> Sequence[Sequence[Any]]:
        given = [
            values.get(name, default) if write is None else write(values.get(name, default))
            for name, default, write in self._values
        ]
        return [
            [
                value if show is None else show(value)
                for value, show in zip(row, self._shown, strict=True)
            ]
            for row in connection.execute(self._sql, given).fetchall()
        ]


def _written(kind: Any) -> _Convert:
    convert: _Convert = kind.dialect_impl(_DIALECT).bind_processor(_DIALECT)
    return convert


def _shown(kind: Any) -> _Convert:
    convert: _Convert = kind.dialect_impl(_DIALECT).result_processor(_DIALECT, None)
    return convert
