"""The check of the address of a sender's own page."""

import re
from urllib.parse import urlsplit

from ..errors import Refused, UserErrorCode
from . import characters

FIELD = "authorUrl"
LONGEST = 2_000

_UNSAFE = re.compile(r"[\s<>\"\\^`{|}]")


def clean_url(url: str | None) -> str | None:
    """Answer an address without the space around it; none for an empty one.

    Raises Refused for anything but an absolute http or https address without credentials, which
    serve to pass one host off as another.
    """
    url = (url or "").strip()
    if not url:
        return None
    if len(url) > LONGEST:
        raise Refused.because(
            UserErrorCode.TOO_LONG, f"The address is longer than {LONGEST} characters.", FIELD
        )
    if not _is_web_address(url):
        raise Refused.because(
            UserErrorCode.INVALID, "The address must begin with http:// or https://.", FIELD
        )
    return url


def _is_web_address(url: str) -> bool:
    if _UNSAFE.search(url) or characters.has_control(url) or characters.has_bidi_control(url):
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
