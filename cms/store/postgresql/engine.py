"""Connections to PostgreSQL that write."""

from time import monotonic
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from ...settings import Settings

IDLE_SECONDS = 60.0
"""How long a connection may lie idle and still be trusted.

What stands between us and the server may have dropped it since, without telling.
"""
_RETURNED = "pressroom.returned"


def postgresql_engine(url: URL, settings: Settings) -> AsyncEngine:
    """Make an engine whose statements wait for each other's locks for `write_timeout`.

    The server is not asked each time whether a connection still is one: that would be a round trip
    for each unit of work, and the driver is told when the server ends it.
    """
    engine = create_async_engine(
        url.set(drivername="postgresql+asyncpg"),
        pool_size=settings.pool_size,
        max_overflow=0,
        pool_timeout=settings.write_timeout,
        connect_args={
            "timeout": settings.write_timeout,
            "server_settings": {"lock_timeout": str(int(settings.write_timeout * 1000))},
        },
    )
    event.listen(engine.sync_engine, "checkin", _note_return)
    event.listen(engine.sync_engine, "checkout", _refuse_lost)
    return engine


def _note_return(_connection: Any, record: Any) -> None:
    record.info[_RETURNED] = monotonic()


def _refuse_lost(_connection: Any, record: Any, _proxy: Any) -> None:
    """Have the pool open another connection in place of one that may be none any more."""
    now = monotonic()
    idle = now - record.info.get(_RETURNED, now)
    if idle > IDLE_SECONDS or record.driver_connection.is_closed():
        raise DisconnectionError
