"""Scalars: instants, HTML, addresses."""

import re
from datetime import UTC, datetime
from typing import NewType
from urllib.parse import urlsplit

import strawberry
from strawberry.types.scalar import ScalarDefinition

HTML = NewType("HTML", str)
URL = NewType("URL", str)
Instant = NewType("Instant", datetime)

_LONGEST_URL = 2_000
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


def write_instant(value: datetime) -> str:
    """Write an instant in UTC with Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def parse_url(given: object) -> str:
    """Read an absolute http or https address.

    Raises ValueError.
    """
    try:
        parts = urlsplit(given) if isinstance(given, str) else urlsplit("")
    except ValueError:
        parts = urlsplit("")
    if not isinstance(given, str) or parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError("write an absolute http or https address")
    if len(given) > _LONGEST_URL:
        raise ValueError(f"an address has {_LONGEST_URL} characters at most")
    return given


SCALARS: dict[object, ScalarDefinition] = {
    Instant: strawberry.scalar(
        name="DateTime",
        description="An instant, in RFC 3339: answered in UTC with `Z`, accepted with any offset.",
        specified_by_url="https://www.rfc-editor.org/rfc/rfc3339",
        serialize=write_instant,
        parse_value=parse_instant,
    ),
    HTML: strawberry.scalar(
        name="HTML",
        description="Sanitised HTML: safe to insert into a page as it is.",
        serialize=str,
        parse_value=str,
    ),
    URL: strawberry.scalar(
        name="URL",
        description="An absolute address: http or https.",
        serialize=str,
        parse_value=parse_url,
    ),
}
