"""Reading from inside a transaction: what a session has changed, and nobody else sees yet."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

import asyncpg
import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from ..errors import Unavailable
from .reading import Answer, Done, Pause, Reading, Rows, Statement, advance


async def read_inside(
    session: AsyncSession, reading: Reading[Answer], seconds: float
) -> Pause | Done[Answer]:
    """Run the statements of a reading in a session's transaction, all within so many seconds.

    What the reading awaits besides is left to `reading.finish`. Raises Unavailable.
    """
    await session.flush()
    connection = await (await session.connection()).get_raw_connection()
    driver = connection.driver_connection
    try:
        async with asyncio.timeout(seconds):
            step = advance(reading)
            while isinstance(step, Statement):
                step = advance(reading, await _rows(driver, step))
    except TimeoutError:
        raise Unavailable("The database took too long to answer.") from None
    return step


async def _rows(driver: Any, statement: Statement) -> Rows:
    if isinstance(driver, asyncpg.Connection):
        return [_written(row) for row in await driver.fetch(statement.sql, *statement.values)]
    try:
        async with driver.execute(statement.sql, statement.values) as cursor:
            found: Rows = await cursor.fetchall()
    except asyncio.CancelledError:
        # The thread that runs it would go on without anybody waiting.
        await driver.interrupt()
        raise
    return found


def _written(row: Iterable[Any]) -> Sequence[Any]:
    """Write JSON again, which SQLAlchemy has its connections read: readings do that themselves."""
    return [
        orjson.dumps(value).decode() if isinstance(value, list | dict) else value for value in row
    ]
