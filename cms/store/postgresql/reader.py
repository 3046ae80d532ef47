"""Reading from PostgreSQL, over a bounded number of connections."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

import asyncpg
from sqlalchemy.engine import URL

from ...errors import Unavailable
from ...settings import Settings
from ..reading import Answer, Begun, Done, Pause, Reading, Rows, Statement, advance, finish
from .connections import Connection, Connections

_UNREACHABLE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
)


class PostgreSQLReader:
    """Reads over connections that are kept open, each reading over one of them."""

    def __init__(self, url: URL, settings: Settings) -> None:
        self._connections = Connections(url, settings)

    async def run(
        self,
        reading: Reading[Answer],
        cost: int = 0,  # noqa: ARG002 the server runs what is costly beside the rest
        *,
        consistent: bool = False,
    ) -> Answer:
        """Run a reading; see Reader."""
        try:
            step = await self._fetch(reading, consistent=consistent)
        except asyncpg.QueryCanceledError:
            raise Unavailable("The database took too long to answer.") from None
        except _UNREACHABLE as error:
            raise Unavailable("The database cannot be reached.") from error
        return await finish(reading, step)

    def begin(self, reading: Reading[Answer], cost: int = 0) -> Begun[Answer]:
        """Begin a reading, for whose rows the server has to be waited for; see Reader."""
        return self.run(reading, cost)

    async def close(self) -> None:
        """Close what is open."""
        await self._connections.close()

    async def _fetch(self, reading: Reading[Answer], *, consistent: bool) -> Pause | Done[Answer]:
        connection = await self._connections.take()
        try:
            async with self._one_state(connection) if consistent else nullcontext():
                step = advance(reading)
                while isinstance(step, Statement):
                    step = advance(reading, await self._rows(connection, step))
        finally:
            self._connections.give_back(connection)
        return step

    async def _rows(self, connection: Connection, statement: Statement) -> Rows:
        try:
            rows: Rows = await connection.fetch(statement.sql, *statement.values)
        except BaseException:
            # Cancelled or failed, the server may still be at it, or in the midst of its answer.
            self._connections.discard(connection)
            raise
        return rows

    @asynccontextmanager
    async def _one_state(self, connection: Connection) -> AsyncIterator[None]:
        """Have all statements see what was committed before the first."""
        await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        try:
            yield
        except BaseException:
            # Its transaction goes with it.
            self._connections.discard(connection)
            raise
        await connection.execute("COMMIT")
