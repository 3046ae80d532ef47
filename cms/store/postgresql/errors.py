"""Errors of the driver, as those who catch SQLAlchemy's expect them."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, ProgrammingError

_KINDS: tuple[tuple[type[Exception], type[DBAPIError]], ...] = (
    (asyncpg.IntegrityConstraintViolationError, IntegrityError),
    (asyncpg.SyntaxOrAccessError, ProgrammingError),
    (asyncpg.InterfaceError, InterfaceError),
    (asyncpg.PostgresError, DBAPIError),
)


@contextmanager
def told(statement: str) -> Iterator[None]:
    """Have what asyncpg raises for a statement raised as SQLAlchemy does.

    Raises sqlalchemy.exc.DBAPIError, whose `orig` is the error of asyncpg.
    """
    try:
        yield
    except (asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        kind = next(kind for raised, kind in _KINDS if isinstance(error, raised))
        raise kind(statement, None, error) from error
