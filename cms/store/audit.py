"""The audit log: the whole journal, for administrators, who did what to which object."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import BigInteger, ColumnElement, FromClause, String, literal, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.types import TypeEngine

from ..content import JournalEntry
from ..content.base import Instant
from .keys import decode_id, encode_id
from .listing import Arguments, Listing, SortKey
from .scope import Scope
from .visibility import require_administrator

Bind: TypeAlias = Callable[..., ColumnElement[Any]]


class _Condition(NamedTuple):
    given: str
    kind: TypeEngine[Any]
    holds: Callable[[FromClause, ColumnElement[Any]], ColumnElement[bool]]
    convert: Callable[[Any], Any] | None = None


_CONDITIONS = (
    _Condition("actor", String(), lambda entry, value: entry.c.actor == value),
    _Condition("nodeType", String(), lambda entry, value: entry.c.entity == value),
    _Condition(
        "nodeId",
        String(),
        lambda entry, value: entry.c.entity == value,
        lambda given: decode_id(given)[0],
    ),
    _Condition(
        "nodeId",
        BigInteger(),
        lambda entry, value: entry.c.entity_id == value,
        lambda given: decode_id(given)[1],
    ),
    _Condition("action", String(), lambda entry, value: entry.c.action == value),
    _Condition("since", Instant(), lambda entry, value: entry.c.occurred_at >= value),
    _Condition("until", Instant(), lambda entry, value: entry.c.occurred_at < value),
)


def audit_log(_parent: None, scope: Scope, arguments: Arguments) -> Listing:
    """List the journal's entries, newest first. Raises Forbidden for who is no administrator."""
    require_administrator(scope)
    entry = JournalEntry.__table__.alias()
    return Listing(
        source=entry,
        columns=dict(entry.c.items()),
        order=(SortKey("id", True),),
        conditions=_matching(entry, arguments.get("where") or {}, scope.bind),
    )


async def read_audit_log(
    session: AsyncSession, where: Mapping[str, Any], limit: int
) -> Sequence[JournalEntry]:
    """Give the newest entries that a filter lets through; its names are those of the API."""
    conditions = _matching(JournalEntry.__table__, where, _literal)
    newest = select(JournalEntry).where(*conditions).order_by(JournalEntry.id.desc())
    return (await session.scalars(newest.limit(limit))).all()


def token_of(entry: FromClause, _scope: Scope) -> ColumnElement[int]:
    """Give the key of the access token that was sent."""
    key: ColumnElement[int] = entry.c.token_id
    return key


def token_id(key: int | None) -> str | None:
    """Write the global id of an access token, if there is one."""
    return None if key is None else encode_id("AccessToken", key)


def _matching(entry: FromClause, where: Mapping[str, Any], bind: Bind) -> list[ColumnElement[bool]]:
    return [
        each.holds(entry, bind(where[each.given], each.kind, each.convert))
        for each in _CONDITIONS
        if where.get(each.given) is not None
    ]


def _literal(
    value: Any, kind: TypeEngine[Any], convert: Callable[[Any], Any] | None
) -> ColumnElement[Any]:
    return literal(convert(value) if convert else value, kind)
