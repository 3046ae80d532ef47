"""Which way a text runs, by what is said of it or by its characters."""

from enum import StrEnum
from unicodedata import bidirectional


class Direction(StrEnum):
    """Which way a text runs."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


_STRONG = {
    "L": Direction.LEFT_TO_RIGHT,
    "R": Direction.RIGHT_TO_LEFT,
    "AL": Direction.RIGHT_TO_LEFT,
}
_FIRST_STRONG_ISOLATE, _END_OF_ISOLATE = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """Let a text keep its direction to itself (Unicode Standard Annex 9, 2.7)."""
    return f"{_FIRST_STRONG_ISOLATE}{text}{_END_OF_ISOLATE}"


def set_apart(text: str) -> str:
    """Isolate a text that may run another way than what stands in its line; ASCII never does."""
    return text if text.isascii() else isolated(text)


def first_strong(text: str) -> Direction | None:
    """Give the direction of the first letter (Unicode Standard Annex 9, P2); None without one."""
    return next((_STRONG[kind] for kind in map(bidirectional, text) if kind in _STRONG), None)
