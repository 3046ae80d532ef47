"""What all tables share: the metadata, the naming of constraints, and the column types."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from sqlalchemy import BigInteger, DateTime, Dialect, Enum, Integer, MetaData, Table, Text
from sqlalchemy.dialects.sqlite import DATETIME
from sqlalchemy.orm import DeclarativeBase, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine

from ..actors import Role


class Instant(TypeDecorator[datetime]):
    """A point in time, always aware and in UTC.

    `timestamp with time zone` in PostgreSQL; in SQLite, which has no such type, text that sorts in
    order of time.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        """Choose the type by what the database has."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(DateTime(timezone=True))
        return dialect.type_descriptor(DATETIME())  # type: ignore[no-untyped-call] # SQLAlchemy's

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], Any]:
        """Store UTC by the quickest way there is: most requests bind the present instant."""
        return _in_utc if dialect.name == "postgresql" else _written

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Read UTC."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def _in_utc(value: datetime | None) -> datetime | None:
    """Give an instant in UTC; raises ValueError where it has no offset."""
    if value is None or value.tzinfo is UTC:
        return value
    if value.tzinfo is None:
        raise ValueError("an instant needs its offset from UTC")
    return value.astimezone(UTC)


def _written(value: datetime | None) -> str | None:
    """Write an instant with its microseconds always, so that texts sort as instants do."""
    instant = _in_utc(value)
    return None if instant is None else instant.isoformat(" ", "microseconds")[:-_OFFSET]


_OFFSET = len("+00:00")


class Binary(TypeDecorator[str]):
    """Text that sorts by its bytes in every database: paths and sort keys."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[str]:
        """Choose the collation by the database's name for it."""
        return dialect.type_descriptor(
            Text(collation="C" if dialect.name == "postgresql" else None)
        )


BigKey = BigInteger().with_variant(Integer, "sqlite")

Key = Annotated[int, mapped_column(BigKey, primary_key=True, autoincrement=True)]


NEVER_REUSED = {"sqlite_autoincrement": True}
"""For tables whose keys leave the house: SQLite would give a deleted row's key to the next one."""


class Base(DeclarativeBase):
    """The tables of Pressroom, described once for the application and for its migrations."""

    if TYPE_CHECKING:
        __table__: ClassVar[Table]

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Instant, int: BigKey, str: Text}  # noqa: RUF012 - SQLAlchemy's own name, read once by the mapper


def choice(enum: type[Any]) -> Enum:
    """Give the column type for a closed set of names: text with a check."""
    return Enum(
        enum, native_enum=False, create_constraint=True, length=16, name=enum.__name__.lower()
    )


RoleColumn = choice(Role)
