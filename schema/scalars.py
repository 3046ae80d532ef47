"""Scalars: instants, HTML, addresses."""

from datetime import UTC, datetime
from typing import NewType
from urllib.parse import urlsplit

import strawberry
from graphql import GraphQLError
from strawberry.types.scalar import ScalarDefinition

HTML = NewType("HTML", str)
URL = NewType("URL", str)
Instant = NewType("Instant", datetime)

_LONGEST_URL = 2_000


def parse_instant(given: str) -> datetime:
    """Read an RFC 3339 instant; any offset will do, but there must be one."""
    try:
        read = datetime.fromisoformat(given)
        if read.tzinfo is None:
            raise GraphQLError(f"{given!r} has no offset from UTC: write a Z or ±hh:mm behind it")
        return read.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        raise GraphQLError(
            f"{given!r} is not a time: write it as 2026-12-24T18:00:00Z (RFC 3339)"
        ) from None


def write_instant(value: datetime) -> str:
    """Write an instant in UTC with Z."""
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def parse_url(given: str) -> str:
    """Read an absolute http or https address."""
    try:
        parts = urlsplit(given)
    except (ValueError, AttributeError, TypeError):
        parts = urlsplit("")
    if parts.scheme not in {"http", "https"} or not parts.netloc or len(given) > _LONGEST_URL:
        raise GraphQLError(f"{str(given)[:100]!r} is not an absolute http or https address")
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
