"""Bringing a database to a revision of its tables, and asking which one it has."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Text, text

from pressroom.cms.content import Base
from pressroom.cms.content.base import Binary
from pressroom.cms.store.database import Database

Answer = TypeVar("Answer")

# Any number will do, so long as nothing else in the database locks the same.
_LOCK = text("SELECT pg_advisory_xact_lock(1886548849)")


async def upgrade(database: Database, revision: str = "head") -> None:
    """Bring the database up to a revision, in one transaction."""
    await _run(database, lambda connection: command.upgrade(_config(connection), revision))


async def downgrade(database: Database, revision: str = "base") -> None:
    """Take the database back to a revision, in one transaction; `base` leaves no table."""
    await _run(database, lambda connection: command.downgrade(_config(connection), revision))


async def current(database: Database) -> str | None:
    """Give the revision that the database has, or null for one without tables."""
    return await _run(
        database, lambda connection: MigrationContext.configure(connection).get_current_revision()
    )


async def pending(database: Database) -> list[str]:
    """List the revisions that the database lacks, in the order in which they are to run."""
    script = ScriptDirectory.from_config(_config())
    steps = script.iterate_revisions("head", await current(database) or "base")
    return [step.revision for step in reversed(list(steps))]


async def differences(database: Database) -> list[object]:
    """List what in the tables differs from what the models say."""
    return await _run(database, _compare)


def _compare(connection: Connection) -> list[object]:
    options = {
        "include_name": _is_of_models,
        "compare_type": _types_differ,
        "compare_server_default": True,
    }
    context = MigrationContext.configure(connection, opts=options)
    return list(compare_metadata(context, Base.metadata))


def _is_of_models(name: str | None, kind: str, _parents: object) -> bool:
    """Tell whether the models describe a table; the full-text index is described in SQL alone."""
    return not (kind == "table" and (name or "").startswith("post_search"))


def _types_differ(
    _context: object, _column: object, _model: object, present: object, wanted: object
) -> bool | None:
    # Alembic does not see through a type that decides by the database what it is.
    return False if isinstance(wanted, Binary) and isinstance(present, Text) else None


async def _run(database: Database, work: Callable[[Connection], Answer]) -> Answer:
    engine = database.engine.execution_options(writes=True)
    async with database.turn, engine.begin() as connection:
        if database.dialect_name == "postgresql":
            # Several servers may start at once; the first one migrates and the others wait.
            await connection.execute(_LOCK)
        return await connection.run_sync(work)


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    folder = str(Path(__file__).parent)
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
