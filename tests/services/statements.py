"""Counting the statements that a database is sent."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import apsw
from sqlalchemy import event

from pressroom.cms.store.database import Database
from pressroom.cms.store.prepared import DIRECT
from pressroom.cms.store.reading import Begun, Pause, Reader, Reading, Statement
from pressroom.cms.store.sessions import unit_of_work

_OF_TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """Gather the statements sent inside, but for transactions and turns taken."""
    statements: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith(_OF_TRANSACTIONS):
            statements.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(database.engine.sync_engine, "before_cursor_execute", note)


@contextmanager
def counted_reading(database: Database) -> Iterator[list[str]]:
    """Gather the statements that readings send inside."""
    statements: list[str] = []
    reader = database.reader
    database.reader = _Counting(reader, statements)
    try:
        yield statements
    finally:
        database.reader = reader


class _Counting:
    """A reader that writes down the statements it runs."""

    def __init__(self, reader: Reader, statements: list[str]) -> None:
        self._reader = reader
        self._statements = statements

    async def run(self, reading: Reading[Any], cost: int = 0, *, consistent: bool = False) -> Any:
        return await self._reader.run(self._noting(reading), cost, consistent=consistent)

    def begin(self, reading: Reading[Any], cost: int = 0) -> Begun[Any]:
        return self._reader.begin(self._noting(reading), cost)

    def _noting(self, reading: Reading[Any]) -> Reading[Any]:
        try:
            step: Statement | Pause = next(reading)
            while True:
                if isinstance(step, Statement):
                    self._statements.append(step.sql)
                step = reading.send((yield step))
        except StopIteration as stop:
            return stop.value

    async def close(self) -> None:
        await self._reader.close()


@asynccontextmanager
async def counted_writing(database: Database) -> AsyncIterator[list[str]]:
    """Gather the statements that units of work send inside, prepared ones included."""
    sent: list[str] = []
    async with unit_of_work(database) as session:
        direct = session.info[DIRECT]
    if database.dialect_name == "sqlite":
        trace(direct.connection, sent.append)
        yield sent
        direct.connection.trace_v2(0)
    else:
        with _logged(database, sent):
            yield sent
    sent[:] = [statement for statement in sent if not statement.startswith(_OF_TRANSACTIONS)]


def trace(connection: apsw.Connection, note: Callable[[str], None]) -> None:
    """Have each statement told that SQLite runs on a connection from now on."""
    connection.trace_v2(apsw.SQLITE_TRACE_STMT, lambda told: note(told["sql"]))


@contextmanager
def _logged(database: Database, statements: list[str]) -> Iterator[None]:
    def note(logged: Any) -> None:
        statements.append(logged.query)

    def begin(_connection: Any, record: Any, _proxy: Any) -> None:
        record.driver_connection.add_query_logger(note)

    def end(_connection: Any, record: Any) -> None:
        record.driver_connection.remove_query_logger(note)

    pool = database.engine.sync_engine.pool
    event.listen(pool, "checkout", begin)
    event.listen(pool, "checkin", end)
    yield
    event.remove(pool, "checkout", begin)
    event.remove(pool, "checkin", end)
