"""The check of a sender's name."""

import unicodedata

from ..errors import Refused, UserErrorCode
from . import characters

FIELD = "authorName"
LONGEST = 80


def clean_name(name: str) -> str:
    """Answer a name as it is stored: NFC, with single spaces between its words.

    Raises Refused when it is empty, longer than 80 characters, or holds characters that would
    deceive or disturb.
    """
    name = unicodedata.normalize("NFC", " ".join(name.split()))
    if characters.has_control(name) or characters.has_bidi_control(name):
        raise Refused.because(
            UserErrorCode.INVALID, "The name holds characters that cannot be shown.", FIELD
        )
    if not characters.is_visible(name):
        raise Refused.because(UserErrorCode.REQUIRED, "A name is needed.", FIELD)
    if len(name) > LONGEST:
        raise Refused.because(
            UserErrorCode.TOO_LONG, f"The name is longer than {LONGEST} characters.", FIELD
        )
    return name
