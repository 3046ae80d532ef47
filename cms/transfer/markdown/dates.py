"""Dates as export folders write them."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

ReadDate: TypeAlias = Callable[[str], datetime]
"""Raises ValueError for what is no date."""

_RFC_3339 = re.compile(
    r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_RELATIVE = re.compile(r"now([+-]\d{1,4})([mhd])", re.ASCII)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}


def read_date(text: str) -> datetime:
    """Read a date of RFC 3339; its offset from UTC is required."""
    if not _RFC_3339.fullmatch(text):
        raise ValueError(
            f"{text!r} is not a date with time and offset, such as 2016-11-16T07:30:00Z"
        )
    return datetime.fromisoformat(text.upper()).astimezone(UTC)


def relative_to(now: datetime) -> ReadDate:
    """Give a reader that also takes `now+3d`, `now-2h` and `now-30m`, as sample content may."""

    def read(text: str) -> datetime:
        if relative := _RELATIVE.fullmatch(text):
            return now + timedelta(**{_UNITS[relative[2]]: int(relative[1])})
        return read_date(text)

    return read


def write_date(date: datetime) -> str:
    """Write a date in UTC, with as many decimals as it needs."""
    text = date.astimezone(UTC).replace(tzinfo=None).isoformat()
    return (text.rstrip("0") if "." in text else text) + "Z"
