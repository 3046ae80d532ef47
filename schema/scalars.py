"""Scalars: instants, HTML, addresses, files."""

from datetime import UTC, datetime
from typing import NewType
from urllib.parse import urlsplit

import strawberry
from strawberry.types.scalar import ScalarDefinition

from pressroom.cms.http.uploads import Upload
from pressroom.cms.text.instants import parse_instant

HTML = NewType("HTML", str)
URL = NewType("URL", str)
Instant = NewType("Instant", datetime)

_LONGEST_URL = 2_000


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


def parse_upload(given: object) -> Upload:
    """Take a file that came with the request.

    Raises ValueError.
    """
    if not isinstance(given, Upload):
        raise ValueError("send a file as a part of a form (the GraphQL multipart request)")
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
    Upload: strawberry.scalar(
        name="Upload",
        description="A file that comes with the request, in a form.",
        specified_by_url="https://github.com/jaydenseric/graphql-multipart-request-spec",
        serialize=str,
        parse_value=parse_upload,
    ),
}
