"""Taking turns where rows to lock do not exist yet.

PostgreSQL alone needs it: SQLite has one writer at a time. A lock is held until the transaction
ends, and its name is one of a bounded set, since the server keeps locks in a table of fixed size.
"""

import hashlib

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

BUCKETS = 64


async def take_turn(session: AsyncSession, name: str, *, shared: bool = False) -> None:
    """Wait until no other transaction holds the lock of this name, but for other sharers."""
    if session.get_bind().dialect.name == "postgresql":
        lock = func.pg_advisory_xact_lock_shared if shared else func.pg_advisory_xact_lock
        await session.execute(select(lock(_number(name))))


def bucket(name: str, word: str) -> str:
    """Name the lock that a word shares with some others."""
    return f"{name} {_number(word) % BUCKETS}"


def _number(name: str) -> int:
    digest = hashlib.sha256(name.encode(errors="replace")).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
