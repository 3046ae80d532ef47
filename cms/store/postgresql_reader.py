"""Reading from PostgreSQL, over a bounded pool."""

import asyncio
from contextlib import AbstractAsyncContextManager, nullcontext
from typing import Any

import asyncpg
from sqlalchemy.engine import URL

from ..errors import Unavailable
from ..settings import Settings
from .reading import Answer, Done, Pause, Reading, Statement, advance, finish

_UNREACHABLE = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
)


class PostgreSQLReader:
    """Reads over a bounded pool of connections that are set up for short, repeated statements."""

    def __init__(self, url: URL, settings: Settings) -> None:
        self._dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._settings = settings
        self._pool: asyncpg.Pool[asyncpg.Record] | None = None
        self._opening = asyncio.Lock()

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

    async def close(self) -> None:
        """Close what is open."""
        if self._pool is not None:
            await self._pool.close()
            self._pool = None

    async def _fetch(self, reading: Reading[Answer], *, consistent: bool) -> Pause | Done[Answer]:
        """Run all statements; if this is cancelled, the driver has the server cancel them."""
        pool = self._pool or await self._open()
        connection = await self._acquire(pool)
        try:
            async with _one_state(connection) if consistent else nullcontext():
                step = advance(reading)
                while isinstance(step, Statement):
                    step = advance(reading, await connection.fetch(step.sql, *step.values))
        finally:
            await pool.release(connection)
        return step

    async def _acquire(self, pool: "asyncpg.Pool[asyncpg.Record]") -> Any:
        # A deadline costs a task, which is not needed where nobody has to wait.
        timeout = None if pool.get_idle_size() else self._settings.pool_timeout
        try:
            return await pool.acquire(timeout=timeout)
        except TimeoutError:
            raise Unavailable("The database is too busy to answer.") from None

    async def _open(self) -> "asyncpg.Pool[asyncpg.Record]":
        async with self._opening:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._dsn,
                    min_size=1,
                    max_size=self._settings.pool_size,
                    timeout=self._settings.pool_timeout,
                    statement_cache_size=1_000,
                    reset=_leave,
                    server_settings={
                        "application_name": "pressroom-reading",
                        "jit": "off",
                        # The statements are the same each time: planning them anew costs more
                        # than a plan made for the values at hand would save.
                        "plan_cache_mode": "force_generic_plan",
                        "default_transaction_read_only": "on",
                        "statement_timeout": str(int(self._settings.statement_timeout * 1000)),
                    },
                )
        return self._pool


def _one_state(connection: Any) -> AbstractAsyncContextManager[Any]:
    """Have all statements see what was committed before the first."""
    transaction: AbstractAsyncContextManager[Any] = connection.transaction(
        isolation="repeatable_read", readonly=True
    )
    return transaction


async def _leave(_connection: Any) -> None:
    """Leave a connection as it is: no reading changes it, and resetting is one more round trip."""
