"""Values as drivers give them, turned into values as answers show them."""

from datetime import datetime
from functools import lru_cache
from typing import Any

import orjson


def instant(stored: str | None) -> datetime | None:
    """Read an instant as SQLite stores it: in UTC, without saying so."""
    return None if stored is None else datetime.fromisoformat(stored)


def from_json(stored: str | None) -> Any:
    """Read a column of JSON."""
    return None if stored is None else orjson.loads(stored)


@lru_cache(maxsize=10_000)
def keys_in(listed: str | None) -> tuple[int, ...]:
    """Read a column of keys as JSON; few different ones come again and again."""
    return () if listed is None else tuple(orjson.loads(listed))


def to_json(answer: Any) -> bytes:
    """Write an answer; instants are RFC 3339 in UTC with Z."""
    return orjson.dumps(answer, option=orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z)


def written(value: Any) -> orjson.Fragment:
    """Write a value as it will stand in answers."""
    return orjson.Fragment(trimmed(to_json(value)))


def trimmed(written: bytes) -> bytes:
    """Copy bytes that are to be kept: orjson leaves them in more memory than they fill."""
    return bytes(memoryview(written))
