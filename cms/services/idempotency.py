"""Idempotency keys: a mutation that is sent twice has its effect, and its answer, once."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any, TypeAlias

import orjson
from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from ..content import IdempotencyKey
from ..errors import Refused, UserErrorCode
from ..store import clock
from ..store.prepared import Prepared
from .faults import Faults

KEPT = timedelta(hours=24)
MAX_KEY = 200

Facts: TypeAlias = dict[str, Any]

_TABLE = IdempotencyKey.__table__
_THIS = (_TABLE.c.scope == bindparam("of_scope"), _TABLE.c.key == bindparam("of_key"))
_FORGET_EXPIRED = Prepared(delete(_TABLE).where(*_THIS, _TABLE.c.expires_at <= bindparam("now")))
_CLAIM = {
    name: Prepared(
        insert(_TABLE).on_conflict_do_nothing().returning(_TABLE.c.key),
        *("scope", "key", "input_hash", "expires_at"),
    )
    for name, insert in (("sqlite", sqlite.insert), ("postgresql", postgresql.insert))
}
_FIRST_ANSWER = Prepared(select(_TABLE.c.input_hash, _TABLE.c.answer).where(*_THIS))
_KEEP_ANSWER = Prepared(update(_TABLE).where(*_THIS), "answer")


async def once(
    session: AsyncSession,
    scope: str,
    key: str | None,
    wanted: object,
    run: Callable[[], Awaitable[Facts]],
) -> Facts:
    """Run a mutation, or answer what it answered when it was sent with this key before.

    `scope` names the mutation and who calls it, so that nobody is given another's answer; `wanted`
    is its input, a dataclass or a mapping. Answers are kept for 24 hours and hold no secrets. A
    mutation that is refused leaves no trace of its key. Raises Refused with CONFLICT for a key
    that came with another input.
    """
    if key is None:
        return await run()
    faults = Faults()
    faults.line(key, "idempotencyKey", limit=MAX_KEY, required=True)
    faults.refuse()
    digest = hashlib.sha256(orjson.dumps(wanted, option=orjson.OPT_SORT_KEYS)).hexdigest()
    row = {"of_scope": scope, "of_key": key}
    if not await _claim(session, scope, key, digest):
        return await _first_answer(session, row, digest)
    answer = await run()
    await _KEEP_ANSWER.rows(session, {**row, "answer": answer})
    return answer


async def purge(session: AsyncSession) -> int:
    """Forget the keys that have expired, and answer how many."""
    expired = delete(IdempotencyKey).where(IdempotencyKey.expires_at <= clock.now())
    return len(list(await session.scalars(expired.returning(IdempotencyKey.scope))))


async def _claim(session: AsyncSession, scope: str, key: str, digest: str) -> bool:
    """Store a key; whoever else sends it waits here until this transaction has ended."""
    now = clock.now()
    await _FORGET_EXPIRED.rows(session, {"of_scope": scope, "of_key": key, "now": now})
    claimed = {"scope": scope, "key": key, "input_hash": digest, "expires_at": now + KEPT}
    claim = _CLAIM[session.get_bind().dialect.name]
    return await claim.row(session, claimed) is not None


async def _first_answer(session: AsyncSession, row: Mapping[str, str], digest: str) -> Facts:
    first = await _FIRST_ANSWER.row(session, row)
    if first is None or first[0] != digest:
        message = "This key came with another input before."
        raise Refused.because(UserErrorCode.CONFLICT, message, "idempotencyKey")
    answer: Facts = first[1]
    return answer
