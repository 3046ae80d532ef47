"""Bringing a database to a revision of its tables, and asking which one it has.

The tables of plugins are made by branches beside our own: each has a folder of revisions, and a
label that is the plugin's name.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeAlias, TypeVar

from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Text, text

from pressroom.cms.content import Base
from pressroom.cms.content.base import Binary
from pressroom.cms.store.database import Database

from .branches import NO_BRANCHES, Branches, check_branches, is_ours, known

Answer = TypeVar("Answer")
StepsOf: TypeAlias = Callable[[ScriptDirectory, str, Any], Sequence[RevisionStep]]

_HERE = Path(__file__).parent
# Any number will do, so long as nothing else in the database locks the same.
_LOCK = text("SELECT pg_advisory_xact_lock(1886548849)")


async def upgrade(
    database: Database, revision: str = "heads", branches: Branches = NO_BRANCHES
) -> None:
    """Bring the database up to a revision, in one transaction; `heads` is all there are."""
    await _run(database, _step(branches, _upgrades, revision))


async def downgrade(
    database: Database, revision: str = "base", branches: Branches = NO_BRANCHES
) -> None:
    """Take the database back to a revision, in one transaction.

    `base` leaves no table, and `NAME@base` none of the plugin of that name.
    """
    await _run(database, _step(branches, _downgrades, revision))


async def current(database: Database) -> tuple[str, ...]:
    """Give the revisions that the database has, one of each branch; none where it has no tables."""
    return await _run(
        database, lambda connection: MigrationContext.configure(connection).get_current_heads()
    )


async def pending(database: Database, branches: Branches = NO_BRANCHES) -> list[str]:
    """List the revisions that the database lacks, in the order in which they are to run."""
    script = _scripts(_config(branches))
    present = known(script, await current(database))
    steps = script.iterate_revisions("heads", present or "base", implicit_base=True)
    revisions = [step.revision for step in reversed(list(steps))]
    return sorted(revisions, key=is_ours, reverse=True)


async def differences(database: Database, tables: Sequence[MetaData] = ()) -> list[object]:
    """List what in the tables differs from what the models say, ours and those of plugins."""
    return await _run(database, lambda connection: _compare(connection, tables))


def _compare(connection: Connection, tables: Sequence[MetaData]) -> list[object]:
    options = {
        "include_name": _is_of_models,
        "compare_type": _types_differ,
        "compare_server_default": True,
    }
    context = MigrationContext.configure(connection, opts=options)
    # Alembic takes several, as its own environments do, and does not say so.
    models: Any = [Base.metadata, *tables]
    return list(compare_metadata(context, models))


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


def _step(branches: Branches, steps_of: StepsOf, revision: str) -> Callable[[Connection], None]:
    def step(connection: Connection) -> None:
        config = _config(branches, connection)
        script = _scripts(config)

        def steps(present: Sequence[str], _context: MigrationContext) -> Any:
            return steps_of(script, revision, known(script, present))

        with EnvironmentContext(config, script, fn=steps, destination_rev=revision):
            script.run_env()

    return step


def _upgrades(script: ScriptDirectory, revision: str, present: Any) -> Sequence[RevisionStep]:
    """List the steps up: ours first, as what plugins store refers to our tables."""
    return sorted(script._upgrade_revs(revision, present), key=_is_step_of_ours, reverse=True)


def _downgrades(script: ScriptDirectory, revision: str, present: Any) -> Sequence[RevisionStep]:
    """List the steps down: ours last."""
    return sorted(script._downgrade_revs(revision, present), key=_is_step_of_ours)


def _is_step_of_ours(step: RevisionStep) -> bool:
    return is_ours(step.revision.revision)


def _scripts(config: Config) -> ScriptDirectory:
    check_branches(config.attributes["branches"])
    return ScriptDirectory.from_config(config)


def _config(branches: Branches, connection: Connection | None = None) -> Config:
    config = Config()
    folders = [_HERE / "versions", *branches.values()]
    config.set_main_option("script_location", _escaped(_HERE))
    config.set_main_option("version_locations", os.pathsep.join(map(_escaped, folders)))
    config.set_main_option("path_separator", "os")
    config.attributes.update(connection=connection, branches=branches)
    return config


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")
