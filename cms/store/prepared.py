"""Prepared statements: what is run for every request, compiled once.

Where a session tells of the driver's own connection they run on that: they touch a few rows, found
by an index, so that a thread, or SQLAlchemy's cost of an execution, would be the most of it.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from sqlalchemy import Dialect
from sqlalchemy.ext.asyncio import AsyncSession

from .compiled import Compiled, Values
from .reading import Rows, Statement

DIRECT = "pressroom.direct"
"""Where the information of a session has the driver's connection, if it may be used."""


class Direct(Protocol):
    """A driver's own connection, in the midst of a session's transaction."""

    @property
    def dialect(self) -> Dialect:
        """What statements are compiled for."""

    async def rows(self, statement: Statement) -> Rows:
        """Run a statement, and give all rows. Raises sqlalchemy.exc.DBAPIError."""

    async def rows_of_each(self, statements: Sequence[Statement]) -> Rows:
        """Run a statement with several sets of values; give a row for each, in their order."""


class Prepared:
    """A statement whose values are bound by name; `columns` are those that it inserts or sets.

    What a session has not flushed yet is not seen by it.
    """

    def __init__(self, statement: Any, *columns: str) -> None:
        self._statement = statement
        self._columns = columns
        self._compiled: dict[str, Compiled] = {}

    async def rows(self, session: AsyncSession, values: Values) -> Sequence[Sequence[Any]]:
        """Run it with one set of values, and give all rows."""
        direct = await _direct(session)
        if direct is None:
            found = await session.execute(self._statement, values)
            return found.all() if self._statement.exported_columns else ()
        compiled = self._compiled_for(direct.dialect)
        return compiled.shown(await direct.rows(compiled.bound(values)))

    async def rows_of_each(
        self, session: AsyncSession, each: Sequence[Values]
    ) -> Sequence[Sequence[Any]]:
        """Run it with several sets of values; give a row for each, in their order."""
        direct = await _direct(session)
        if direct is None:
            return [(await self.rows(session, values))[0] for values in each]
        compiled = self._compiled_for(direct.dialect)
        statements = [compiled.bound(values) for values in each]
        return compiled.shown(await direct.rows_of_each(statements))

    async def row(self, session: AsyncSession, values: Values) -> Sequence[Any] | None:
        """Run it with one set of values, and give the first row."""
        rows = await self.rows(session, values)
        return rows[0] if rows else None

    def _compiled_for(self, dialect: Dialect) -> Compiled:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = Compiled(self._statement, dialect, *self._columns)
            self._compiled[dialect.name] = compiled
        return compiled


async def _direct(session: AsyncSession) -> Direct | None:
    """Give the driver's connection, if it may be used."""
    if session.in_nested_transaction():
        # SQLAlchemy makes a savepoint no earlier than somebody asks for its connection.
        await session.connection()
    direct: Direct | None = session.info.get(DIRECT)
    return direct
