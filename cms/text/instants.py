"""Instants as people and programs write them."""

import re
from datetime import UTC, datetime

_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,6})?\d*(?:[Zz]|[+-]\d\d:\d\d)?", re.ASCII
)


def parse_instant(given: object) -> datetime:
    """Read an RFC 3339 instant; any offset will do, but there must be one.

    Raises ValueError.
    """
    if not isinstance(given, str) or not _RFC_3339.fullmatch(given):
        raise ValueError("write a time as 2026-12-24T18:00:00Z (RFC 3339)")
    if not given.endswith(("Z", "z")) and given[-6] not in "+-":
        raise ValueError("a time needs its offset from UTC: write a Z or ±hh:mm behind it")
    try:
        return datetime.fromisoformat(given.upper()).astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("there is no such time") from None
