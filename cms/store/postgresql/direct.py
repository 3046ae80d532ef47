"""Prepared statements on a connection to PostgreSQL that SQLAlchemy has opened."""

from collections.abc import Sequence

from asyncpg.transaction import Transaction
from sqlalchemy import Dialect
from sqlalchemy.dialects.postgresql import asyncpg as sqlalchemy_asyncpg

from ..reading import Rows, Statement
from .connections import Connection
from .errors import told


class PostgreSQLDirect:
    """The driver's own connection; see Direct.

    Whoever runs the first statement begins the transaction. Where that is SQLAlchemy, statements
    run in its transaction, which it commits; otherwise SQLAlchemy's, if there comes to be one, is
    a savepoint in the one begun here.
    """

    # SQLAlchemy has taught the connection how it writes JSON.
    dialect: Dialect = sqlalchemy_asyncpg.dialect()  # type: ignore[no-untyped-call] # SQLAlchemy's

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._transaction: Transaction | None = None

    async def rows(self, statement: Statement) -> Rows:
        """Run a statement, which the server keeps prepared; see Direct.

        Raises sqlalchemy.exc.DBAPIError.
        """
        with told(statement.sql):
            await self._begin()
            rows: Rows = await self.connection.fetch(statement.sql, *statement.values)
        return rows

    async def rows_of_each(self, statements: Sequence[Statement]) -> Rows:
        """Run a statement with several sets of values, in one round trip; see Direct.

        Raises sqlalchemy.exc.DBAPIError.
        """
        sql = statements[0].sql
        with told(sql):
            await self._begin()
            rows: Rows = await self.connection.fetchmany(sql, [each.values for each in statements])
        return rows

    async def commit(self) -> None:
        """Commit the transaction, if it was begun here. Raises sqlalchemy.exc.DBAPIError."""
        if self._transaction is not None:
            with told("COMMIT"):
                await self._transaction.commit()
            self._transaction = None

    async def rollback(self) -> None:
        """Undo the transaction, if it was begun here and not committed.

        Raises asyncpg's errors where it could not be begun, committed or undone.
        """
        if self._transaction is not None:
            await self._transaction.rollback()

    async def _begin(self) -> None:
        if not self.connection.is_in_transaction():
            self._transaction = self.connection.transaction()
            await self._transaction.start()
