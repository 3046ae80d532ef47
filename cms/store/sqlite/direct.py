"""Prepared statements on a connection to SQLite, in the event loop."""

from collections.abc import Sequence

import apsw
from sqlalchemy import Dialect
from sqlalchemy.dialects import sqlite

from ..reading import Rows, Statement


class SQLiteDirect:
    """The driver's own connection; see Direct."""

    dialect: Dialect = sqlite.dialect(paramstyle="qmark")

    def __init__(self, connection: apsw.Connection) -> None:
        self.connection = connection

    async def rows(self, statement: Statement) -> Rows:
        """Run a statement; see Direct."""
        return self.connection.execute(*statement).fetchall()

    async def rows_of_each(self, statements: Sequence[Statement]) -> Rows:
        """Run a statement with several sets of values; see Direct."""
        return [(await self.rows(statement))[0] for statement in statements]
