"""What a storage holds: contents under keys."""

import re
from dataclasses import dataclass
from datetime import datetime

_PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}")
_MOST_PARTS = 8


class InvalidKey(ValueError):
    """A key that could lead out of a storage, or that not every storage can hold."""


@dataclass(frozen=True, slots=True)
class Stored:
    """That there is a content: its key, its size in bytes, and when it was last of use.

    Where a storage cannot tell when it was read, it tells when it was written.
    """

    key: str
    size: int
    used_at: datetime


def checked(key: str) -> str:
    """Give a key back: names of ASCII letters, digits, `_`, `-` and `.`, joined by `/`.

    No name begins with a dot. Raises InvalidKey.
    """
    parts = key.split("/")
    if len(parts) > _MOST_PARTS or not all(map(_PART.fullmatch, parts)):
        raise InvalidKey(f"{key[:100]!r} is no key of a storage")
    return key
