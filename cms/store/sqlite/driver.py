"""The driver of SQLite: APSW, in the words of Python's `sqlite3`, as far as they are asked for.

A statement costs half as much by it, and its SQLite is the same release on every machine. What
SQLAlchemy and aiosqlite expect is PEP 249's interface, with the exceptions of `sqlite3`.

Two copies of SQLite in one process must not open the same file: a lock of one is lost when the
other closes it (https://sqlite.org/howtocorrupt.html, 2.2.1). So whoever opens a database of
Pressroom in a process where Pressroom runs does it by this driver.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import apsw

_STATEMENTS = 1_000
"""Prepared statements that a connection keeps."""

Row = tuple[Any, ...]


def connect(path: str, timeout: float = 0, *, shared: bool = True) -> apsw.Connection:
    """Open a database, and create it where there is none.

    `timeout` is how many seconds a statement waits for another connection's lock. One that is not
    `shared` is used by one thread at a time, whoever uses it sees to that, and takes no locks of
    its own for each value.

    Raises sqlite3.OperationalError.
    """
    flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE | apsw.SQLITE_OPEN_URI
    flags |= apsw.SQLITE_OPEN_FULLMUTEX if shared else apsw.SQLITE_OPEN_NOMUTEX
    with told():
        connection = apsw.Connection(path, flags=flags, statementcachesize=_STATEMENTS)
    connection.set_busy_timeout(int(timeout * 1_000))
    # Otherwise a statement is planned anew for each value that it is given, which takes as long as
    # it takes to run. The plans that we have depend on no value.
    connection.config(apsw.SQLITE_DBCONFIG_ENABLE_QPSG, 1)
    return connection


@contextmanager
def told() -> Iterator[None]:
    """Have what APSW raises raised as `sqlite3` does, with SQLite's extended code."""
    try:
        yield
    except apsw.Error as error:
        raise translated(error) from error


def translated(error: apsw.Error) -> sqlite3.Error:
    """Give the exception of `sqlite3` that says the same."""
    kind: type[sqlite3.Error] = sqlite3.OperationalError
    if isinstance(error, apsw.ConstraintError):
        kind = sqlite3.IntegrityError
    elif isinstance(error, apsw.CorruptError | apsw.NotADBError):
        kind = sqlite3.DatabaseError
    said = kind(str(error))
    said.sqlite_errorcode = getattr(error, "extendedresult", apsw.SQLITE_ERROR)
    return said


class Cursor:
    """Runs statements, one after the other, and gives their rows."""

    arraysize = 1
    rowcount = -1
    """Rows that the last statement has changed."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._cursor = connection.cursor()
        self._columns: list[Row] = []
        # Of a statement that has found no row, nothing more is told when it has run.
        self._cursor.exec_trace = partial(_describe, self._columns)

    @property
    def description(self) -> Sequence[Row] | None:
        """The columns of the rows, by their names; None where the statement has none."""
        return self._columns or None

    @property
    def lastrowid(self) -> int:
        """The key of the row that was inserted last on the connection."""
        return self._connection.last_insert_rowid()

    def execute(self, sql: str, values: Sequence[Any] = ()) -> "Cursor":
        """Run a statement."""
        with told():
            self._cursor.execute(sql, values)
        self.rowcount = -1 if self._columns else self._connection.changes()
        return self

    def executemany(self, sql: str, each: Iterable[Sequence[Any]]) -> "Cursor":
        """Run a statement with several sets of values."""
        before = self._connection.total_changes()
        with told():
            self._cursor.executemany(sql, each)
        self.rowcount = self._connection.total_changes() - before
        return self

    def fetchone(self) -> Row | None:
        """Give the next row, if there is one."""
        with told():
            return self._cursor.fetchone()

    def fetchmany(self, size: int | None = None) -> list[Row]:
        """Give the next rows."""
        rows = (self.fetchone() for _ in range(size or self.arraysize))
        return [row for row in rows if row is not None]

    def fetchall(self) -> list[Row]:
        """Give all rows that are left."""
        with told():
            return self._cursor.fetchall()

    def close(self) -> None:
        """Forget the rows that are left."""
        self._cursor.close(force=True)


def _describe(columns: list[Row], cursor: apsw.Cursor, _sql: str, _values: Any) -> bool:
    columns[:] = [(name, *(None,) * 6) for name, _ in cursor.get_description()]
    return True


class Connection:
    """A connection whose transactions are begun and ended by statements alone."""

    isolation_level: str | None = None

    def __init__(self, raw: apsw.Connection) -> None:
        self.raw = raw

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun."""
        return self.raw.in_transaction

    def cursor(self) -> Cursor:
        """Give a cursor."""
        return Cursor(self.raw)

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Cursor:
        """Run a statement."""
        return self.cursor().execute(sql, values)

    def commit(self) -> None:
        """Commit the transaction, if there is one."""
        self._end("COMMIT")

    def rollback(self) -> None:
        """Undo the transaction, if there is one."""
        self._end("ROLLBACK")

    def create_function(
        self, name: str, count: int, function: Callable[..., Any], *, deterministic: bool = False
    ) -> None:
        """Let statements call a function of so many values."""
        self.raw.create_scalar_function(name, function, count, deterministic=deterministic)

    def close(self) -> None:
        """Close it, whatever it is still asked for."""
        self.raw.close(force=True)

    def _end(self, statement: str) -> None:
        if self.raw.in_transaction:
            self.execute(statement)
