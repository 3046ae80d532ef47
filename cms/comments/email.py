"""The check of a sender's e-mail address."""

import re

from ..errors import Refused, UserErrorCode
from . import characters

FIELD = "authorEmail"
LONGEST = 254
"""Characters in an address that mail can reach (RFC 5321, 4.5.3.1.3, without the brackets)."""

_PLAUSIBLE = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@[^\s@<>()\[\]\\,;:\"]+\.[^\s@<>()\[\]\\,;:\".]+")


def clean_email(email: str | None) -> str | None:
    """Answer an address without the space around it; none for an empty one.

    Only a message can show that an address exists: this refuses what cannot be one. Raises
    Refused.
    """
    email = (email or "").strip()
    if not email:
        return None
    if len(email) > LONGEST:
        raise Refused.because(
            UserErrorCode.TOO_LONG, f"The e-mail address exceeds {LONGEST} characters.", FIELD
        )
    if characters.has_control(email) or not _PLAUSIBLE.fullmatch(email):
        raise Refused.because(UserErrorCode.INVALID, "This is not an e-mail address.", FIELD)
    return email
