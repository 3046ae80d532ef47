"""Idempotency keys: a mutation that is sent twice has its effect, and its answer, once."""

import hashlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, TypeAlias

import orjson
from sqlalchemy import Insert, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from ..content import IdempotencyKey
from ..errors import Refused, UserErrorCode
from ..store import clock
from .faults import Faults

KEPT = timedelta(hours=24)
MAX_KEY = 200

Facts: TypeAlias = dict[str, Any]

_INSERTS: dict[str, Callable[[Any], Any]] = {
    "sqlite": sqlite.insert,
    "postgresql": postgresql.insert,
}


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
    row = (IdempotencyKey.scope == scope, IdempotencyKey.key == key)
    if not await _claim(session, scope, key, digest):
        return await _first_answer(session, row, digest)
    answer = await run()
    await session.execute(update(IdempotencyKey).where(*row).values(answer=answer))
    return answer


async def purge(session: AsyncSession) -> int:
    """Forget the keys that have expired, and answer how many."""
    expired = delete(IdempotencyKey).where(IdempotencyKey.expires_at <= clock.now())
    return len(list(await session.scalars(expired.returning(IdempotencyKey.scope))))


async def _claim(session: AsyncSession, scope: str, key: str, digest: str) -> bool:
    """Store a key; whoever else sends it waits here until this transaction has ended."""
    now = clock.now()
    await session.execute(
        delete(IdempotencyKey).where(
            IdempotencyKey.scope == scope,
            IdempotencyKey.key == key,
            IdempotencyKey.expires_at <= now,
        )
    )
    insert: Insert = (
        _INSERTS[session.get_bind().dialect.name](IdempotencyKey)
        .values(scope=scope, key=key, input_hash=digest, expires_at=now + KEPT)
        .on_conflict_do_nothing()
        .returning(IdempotencyKey.key)
    )
    return await session.scalar(insert) is not None


async def _first_answer(session: AsyncSession, row: tuple[Any, ...], digest: str) -> Facts:
    statement = select(IdempotencyKey.input_hash, IdempotencyKey.answer).where(*row)
    first = (await session.execute(statement)).one()
    if first.input_hash != digest:
        message = "This key came with another input before."
        raise Refused.because(UserErrorCode.CONFLICT, message, "idempotencyKey")
    answer: Facts = first.answer
    return answer
