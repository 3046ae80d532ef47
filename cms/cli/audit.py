"""`pressroom audit`."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import click

from ..content import JournalEntry
from ..settings import Settings
from ..store.audit import read_audit_log
from ..store.keys import encode_id
from ..store.sessions import reading_session
from .database import migrated_database, run
from .instants import Moment
from .output import as_json, write_json

_OBJECT = re.compile(r"([A-Za-z]+):([0-9]{1,18})")


@click.command()
@click.option("--since", type=Moment(), help="Nothing before: 2026-01-31, or 30d ago.")
@click.option("--until", type=Moment(), help="Nothing from then on.")
@click.option("--actor", metavar="NAME", help="What this one did; of a token, its name.")
@click.option(
    "--object", "node", metavar="TYPE:NUMBER", help="What was done to it: Post:12, or its id."
)
@click.option("--action", metavar="VERB", help="What was done: publish, update, merge …")
@click.option("--limit", type=click.IntRange(1, 100_000), default=100, show_default=True)
@as_json
def audit(
    *,
    since: datetime | None,
    until: datetime | None,
    actor: str | None,
    node: str | None,
    action: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Tell who did what to which object, newest first.

    \b
    Examples:
      pressroom audit --since 7d --actor ines
      pressroom audit --object Post:12 --json | jq -r '.[].action'
    """
    where = {
        "since": since,
        "until": until,
        "actor": actor,
        "nodeId": node and _global_id(node),
        "action": action,
    }
    entries = run(_read(Settings.from_environment(), where, limit))
    if as_json:
        write_json([_described(entry) for entry in entries])
        return
    for entry in entries:
        click.echo(_line(entry))


async def _read(settings: Settings, where: Mapping[str, Any], limit: int) -> Sequence[JournalEntry]:
    async with migrated_database(settings) as database, reading_session(database) as session:
        return await read_audit_log(session, where, limit)


def _global_id(given: str) -> str:
    match = _OBJECT.fullmatch(given)
    return encode_id(match[1], int(match[2])) if match else given


def _line(entry: JournalEntry) -> str:
    token = f", token {entry.token_id}" if entry.token_id is not None else ""
    who = f"{entry.actor or 'a reader'} ({entry.role}{token})"
    when = entry.occurred_at.isoformat(sep=" ", timespec="seconds")
    return f"{when}  {who}  {entry.action}  {entry.entity}:{entry.entity_id} v{entry.version}"


def _described(entry: JournalEntry) -> dict[str, Any]:
    return {
        "occurredAt": entry.occurred_at.isoformat(),
        "actor": entry.actor,
        "role": entry.role,
        "tokenId": entry.token_id,
        "action": entry.action,
        "kind": entry.kind,
        "public": entry.public,
        "nodeType": entry.entity,
        "nodeId": encode_id(entry.entity, entry.entity_id),
        "version": entry.version,
    }
