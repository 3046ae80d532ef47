"""Patterns of SQL's LIKE."""

from collections.abc import Callable

from ..errors import Malformed

_LONGEST = 1_000


def containing(text: str, key: Callable[[str], str] = str) -> str:
    """Match whatever holds the text, taken literally; the escape character is a backslash.

    `key` turns the text into what the column holds. Raises Malformed for more than 1,000
    characters.
    """
    if len(text) > _LONGEST:
        raise Malformed(f"`search` has more than {_LONGEST} characters")
    escaped = key(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
