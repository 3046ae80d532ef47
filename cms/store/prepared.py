"""Prepared statements: what is run for every request, compiled once.

On SQLite they run on the driver's own connection in the event loop: they touch a few rows, found
by an index, so that a thread, or SQLAlchemy's cost of an execution, would be the most of it.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

import apsw
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from .compiled import Compiled, Values
from .reading import Rows

DIRECT = "pressroom.direct"
"""Where the information of a session has the driver's connection, if it may be used."""

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
        return self._direct_rows(direct, values)

    async def rows_of_each(
        self, session: AsyncSession, each: Sequence[Values]
    ) -> Sequence[Sequence[Any]]:
        """Run it with several sets of values; give a row for each, in their order."""
        direct = session.info.get(DIRECT)
        if direct is None:
            return (await session.execute(self._statement, each)).all()
        return [self._direct_rows(direct, values)[0] for values in each]

    async def row(self, session: AsyncSession, values: Values) -> Sequence[Any] | None:
        """Run it with one set of values, and give the first row."""
        rows = await self.rows(session, values)
        return rows[0] if rows else None

    def _direct_rows(self, connection: apsw.Connection, values: Values) -> Rows:
        statement = self._compiled.bound(values)
        return self._compiled.shown(connection.execute(*statement).fetchall())

    @cached_property
    def _compiled(self) -> Compiled:
        return Compiled(self._statement, _DIALECT, *self._columns)
