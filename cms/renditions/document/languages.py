"""Language tags."""

import re

_WELL_FORMED = re.compile(
    r"[a-z]{2,3}(-[a-z]{3})?(-[a-z]{4})?(-([a-z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))?",
    re.IGNORECASE,
)
UNDETERMINED = "und"


def is_well_formed(tag: str) -> bool:
    """Tell whether a text is a language tag (RFC 5646, 2.1); one with extensions is none here."""
    return _WELL_FORMED.fullmatch(tag) is not None
