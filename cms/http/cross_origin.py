"""Which other sites' pages may call us: the preflight header, and CORS from a setting."""

import re
from collections.abc import Sequence

from starlette.datastructures import Headers
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from .caller import PERSPECTIVE
from .rejections import Rejected

PREFLIGHT_HEADERS = (
    "GraphQL-Require-Preflight",
    "Apollo-Require-Preflight",
    "X-Requested-With",
)
"""A GET must bear one of these, with any value, and so must a form with files.

A browser asks before it sends such a header to another site (a CORS preflight), so that no page
can make its visitors' browsers run operations unasked. A POST of JSON needs none: its media type,
`application/json`, brings the same preflight about.
"""

_ALLOWED_HEADERS = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "Pressroom-Cost",
    PERSPECTIVE,
    *PREFLIGHT_HEADERS,
)
_EXPOSED_HEADERS = ("ETag", "Retry-After")
_PREFLIGHT_LASTS = 7_200  # seconds; browsers keep it no longer than this
_ORIGIN = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


def require_preflight(headers: Headers, what: str) -> None:
    """Refuse a request that a page of another site could have sent unasked.

    Raises:
        Rejected: 400 when none of `PREFLIGHT_HEADERS` is there.
    """
    if not any(name in headers for name in PREFLIGHT_HEADERS):
        raise Rejected(400, f"{what} needs the header {' or '.join(PREFLIGHT_HEADERS)}.")


def cors_middleware(origins: Sequence[str]) -> list[Middleware]:
    """Let pages of `origins` call us, with credentials; `*` lets all pages, without.

    Raises:
        ValueError: for what is not an origin, that is scheme, host and port without a path.
    """
    for origin in origins:
        if origin != "*" and not _ORIGIN.fullmatch(origin):
            raise ValueError(f"{origin!r} is not an origin such as https://www.example.org")
    if not origins:
        return []
    return [
        Middleware(
            CORSMiddleware,
            allow_origins=list(origins),
            allow_methods=["GET", "POST"],
            allow_headers=_ALLOWED_HEADERS,
            allow_credentials="*" not in origins,
            expose_headers=_EXPOSED_HEADERS,
            max_age=_PREFLIGHT_LASTS,
        )
    ]
