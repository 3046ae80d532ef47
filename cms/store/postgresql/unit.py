"""A unit of work on PostgreSQL: a session, and what runs past it in the same transaction."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from ..prepared import DIRECT
from .direct import PostgreSQLDirect


class Unit:
    """What is stored together, on a connection of its own."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._direct = _direct(connection)
        self.session = AsyncSession(connection, expire_on_commit=False, info={DIRECT: self._direct})

    async def commit(self) -> None:
        """Store everything. Raises sqlalchemy.exc.SQLAlchemyError."""
        if self.session.in_transaction() or self.session.new:
            await self.session.commit()
        await self._direct.commit()

    async def end(self) -> None:
        """Undo what was not committed, and give the connection back, unless that fails."""
        try:
            await self.session.close()
            await self._direct.rollback()
        except Exception:
            await self._connection.invalidate()
        await self._connection.close()

    async def discard(self) -> None:
        """End the connection, whatever it is in the middle of, which undoes everything."""
        await self._connection.invalidate()
        await self._connection.close()


def _direct(connection: AsyncConnection) -> PostgreSQLDirect:
    # It is open: no greenlet is needed to ask for it.
    opened: Any = connection.sync_connection
    return PostgreSQLDirect(opened.connection.driver_connection)
