"""Edit tokens: how the sender of a comment shows that it is theirs.

A token is `pce_<comment id>_<base64url of an HMAC-SHA256>`, made from the site's secret and
therefore stored nowhere.
"""

import base64
import hmac
import re
from datetime import datetime, timedelta

from ..errors import Refused, UserErrorCode

PREFIX = "pce_"
FIELD = "editToken"

_FORM = re.compile(r"pce_([1-9][0-9]{0,17})_[A-Za-z0-9_-]{43}", re.ASCII)


def edit_token(secret: bytes, comment_id: int) -> str:
    """Make the token of a comment; the same each time."""
    digest = hmac.digest(secret, f"edit:{comment_id}".encode(), "sha256")
    return f"{PREFIX}{comment_id}_{base64.urlsafe_b64encode(digest).decode().rstrip('=')}"


def comment_of(secret: bytes, token: str) -> int | None:
    """Tell which comment a token opens; none for a forged one."""
    match = _FORM.fullmatch(token)
    if match is None:
        return None
    comment_id = int(match[1])
    genuine = hmac.compare_digest(token, edit_token(secret, comment_id))
    return comment_id if genuine else None


def require_token(secret: bytes, token: str, comment_id: int) -> None:
    """Raise Refused unless the token is that of the comment."""
    if comment_of(secret, token) != comment_id:
        raise Refused.because(
            UserErrorCode.INVALID, "The edit token does not belong to this comment.", FIELD
        )


def require_in_time(submitted_at: datetime, minutes: int, now: datetime) -> None:
    """Raise Refused when a comment was submitted too long ago to be changed by its sender."""
    if now > submitted_at + timedelta(minutes=minutes):
        raise Refused.because(
            UserErrorCode.EXPIRED,
            f"A comment can be changed for {minutes} minutes after it was submitted.",
            FIELD,
        )
