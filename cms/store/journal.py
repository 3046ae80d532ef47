"""Writing to the journal, in the order of commits."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ..actors import Actor
from ..content import ChangeKind, JournalEntry, Site
from . import clock
from .detached import detached
from .prepared import Prepared

_PENDING = "pressroom.journal"
# Any number will do, so long as nothing else in the database locks the same.
_LOCK = 1886548848
_TABLE = JournalEntry.__table__
_COLUMNS = [column for column in _TABLE.columns if not column.primary_key]
_NAMES = [column.name for column in _COLUMNS]
# A row is given its number when it has been selected, which is when the lock is held.
_LOCKED = select(func.pg_advisory_xact_lock(_LOCK)).cte("locked").prefix_with("MATERIALIZED")
_ENTRY = select(*(bindparam(column.name, type_=column.type) for column in _COLUMNS))
_INSERT = {
    "sqlite": Prepared(insert(_TABLE).returning(_TABLE.c.id), *_NAMES),
    "postgresql": Prepared(
        insert(_TABLE).from_select(_NAMES, _ENTRY.select_from(_LOCKED)).returning(_TABLE.c.id)
    ),
}
NAMED = frozenset({"Author", "Category", "Image", "Site", "Tag"})
"""What a change of makes another version of the names on the site."""
_RENAMED = update(Site).values(names_version=Site.names_version + 1)


def record(
    session: AsyncSession,
    actor: Actor,
    action: str,
    entity: str,
    entity_id: int,
    kind: ChangeKind,
    *,
    version: int = 1,
    public: bool,
    occurred_at: datetime | None = None,
    post_id: int | None = None,
    relisted: bool = True,
) -> None:
    """Note a change; it is written when the unit of work ends.

    `action` is the verb (publish, approve, …); `public` says whether readers see the change,
    `post_id` which post a comment is on, and `relisted` whether posts may stand elsewhere by it.
    """
    entry = {
        "entity": entity,
        "entity_id": entity_id,
        "kind": kind,
        "version": version,
        "occurred_at": occurred_at or clock.now(),
        "public": public,
        "action": action,
        "actor": actor.name,
        "role": actor.role,
        "token_id": actor.token_id,
        "post_id": post_id,
        "relisted": relisted,
    }
    session.info.setdefault(_PENDING, []).append(entry)


async def write(session: AsyncSession) -> Sequence[JournalEntry]:
    """Write what was noted, as the last thing before the commit.

    In PostgreSQL sequence numbers become visible out of commit order, so that a reader of the
    journal could pass over an entry for ever. The lock is held until the commit: numbers are
    given in the order of commits, and no later than needed.
    """
    noted: list[dict[str, Any]] = session.info.pop(_PENDING, [])
    if not noted:
        return []
    if session.in_transaction():
        await session.flush()
    if any(entry["entity"] in NAMED for entry in noted):
        await session.execute(_RENAMED, execution_options={"synchronize_session": False})
    keys = await _INSERT[session.get_bind().dialect.name].rows_of_each(session, noted)
    return [
        detached(JournalEntry, {"id": key, **values})
        for (key,), values in zip(keys, noted, strict=True)
    ]
