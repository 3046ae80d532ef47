"""Units of work: the only place that commits."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.ext.asyncio import AsyncSession

from ..errors import Unavailable
from .database import Database
from .turn import too_many_writers

_LOCK_NOT_AVAILABLE = "55P03"  # https://www.postgresql.org/docs/current/errcodes-appendix.html


def unit_of_work(database: Database) -> AbstractAsyncContextManager[AsyncSession]:
    """Open a session whose changes are committed together at the end, or not at all.

    SQLite has one writer at a time; those of this process wait for their turn in order rather
    than by trying again, and those that wait for each other are committed together.

    Raises Unavailable when others write for so long that the turn does not come.
    """
    return _writing(database, kept=True)


def rehearsal(database: Database) -> AbstractAsyncContextManager[AsyncSession]:
    """Open a session as a unit of work does; at the end all is undone, and nobody is told.

    Raises Unavailable when others write for so long that the turn does not come.
    """
    return _writing(database, kept=False)


@asynccontextmanager
async def reading_session(database: Database) -> AsyncIterator[AsyncSession]:
    """Open a session that only reads; whatever it changes is thrown away.

    Raises Unavailable when no connection becomes free.
    """
    try:
        async with AsyncSession(database.engine, expire_on_commit=False) as session:
            yield session
    except NoConnection:
        raise Unavailable("The database is too busy to answer.") from None


@asynccontextmanager
async def _writing(database: Database, *, kept: bool) -> AsyncIterator[AsyncSession]:
    try:
        async with database.writer.unit(kept=kept) as session:
            yield session
    except NoConnection:
        raise too_many_writers() from None
    except DBAPIError as error:
        if _waited_in_vain(error.orig):
            raise too_many_writers() from error
        raise


def _waited_in_vain(error: BaseException | None) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_BUSY or getattr(error, "sqlstate", None) == _LOCK_NOT_AVAILABLE
