"""Prepared statements on a connection to SQLite, in the event loop."""

import sqlite3
from collections.abc import Sequence

import apsw
from sqlalchemy import Dialect
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError

from ..reading import Rows, Statement
from .driver import translated


class SQLiteDirect:
    """The driver's own connection; see Direct."""

    dialect: Dialect = sqlite.dialect(paramstyle="qmark")

    def __init__(self, connection: apsw.Connection) -> None:
        self.connection = connection

    async def rows(self, statement: Statement) -> Rows:
        """Run a statement; see Direct.

        Raises sqlalchemy.exc.DBAPIError.
        """
        try:
            return self.connection.execute(*statement).fetchall()
        except apsw.Error as error:
            raise _told(statement.sql, translated(error)) from error

    async def rows_of_each(self, statements: Sequence[Statement]) -> Rows:
        """Run a statement with several sets of values; see Direct.

        Raises sqlalchemy.exc.DBAPIError.
        """
        return [(await self.rows(statement))[0] for statement in statements]


def _told(sql: str, error: sqlite3.Error) -> DBAPIError:
    """Give the exception of SQLAlchemy that says the same."""
    kind = IntegrityError if isinstance(error, sqlite3.IntegrityError) else OperationalError
    return kind(sql, None, error)
