"""Counting the statements that a database is sent."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from sqlalchemy import event

from pressroom.cms.store.database import Database
from pressroom.cms.store.prepared import DIRECT
from pressroom.cms.store.sessions import unit_of_work

_OF_TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SELECT pg_advisory")


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


@asynccontextmanager
async def counted_writing(database: Database) -> AsyncIterator[list[str]]:
    """Gather the statements that units of work send inside, prepared ones included."""
    async with unit_of_work(database) as session:
        direct = session.info.get(DIRECT)
    if direct is None:
        with counted(database) as statements:
            yield statements
        return
    sent: list[str] = []
    direct.set_trace_callback(sent.append)
    yield sent
    direct.set_trace_callback(None)
    sent[:] = [statement for statement in sent if not statement.startswith(_OF_TRANSACTIONS)]
