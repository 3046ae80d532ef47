"""Text measured and broken by the columns it takes on a terminal or typewriter."""

import re
from collections.abc import Iterator
from unicodedata import combining, east_asian_width

_WORDS = re.compile(r"[^ ]+")
_NOT_AT_START = frozenset(
    "、。，．：；！？）」』】〉》〕］｝ーぁぃぅぇぉっゃゅょァィゥェォッャュョ…"
)


def width(text: str) -> int:
    """Count columns: two for wide characters of East Asia (Unicode Annex 11), none for marks."""
    return len(text) if text.isascii() else sum(map(_width, text))


def wrap(text: str, columns: int) -> list[str]:
    """Break a text into lines of at most so many columns.

    Lines are broken at spaces and between wide characters; a word that is longer stays whole, so
    that addresses can be copied. Line breaks in the text are kept.
    """
    return [line for given in text.split("\n") for line in _wrapped(given, columns)]


def pad(text: str, columns: int) -> str:
    """Fill up with spaces."""
    return text + " " * (columns - width(text))


def _wrapped(text: str, columns: int) -> Iterator[str]:
    line: list[str] = []
    used = 0
    for space, piece in _pieces(text):
        taken = width(piece)
        if line and used + len(space) + taken > columns:
            yield "".join(line)
            line, used = [], 0
        before = space if line else ""
        line.append(before + piece)
        used += len(before) + taken
    yield "".join(line)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Cut where a line may be broken; with each piece, the space before it."""
    for word in _WORDS.findall(text):
        space = " "
        for piece in _cut(word):
            yield space, piece
            space = ""


def _cut(word: str) -> Iterator[str]:
    if word.isascii():
        yield word
        return
    start = 0
    for index in range(1, len(word)):
        breakable = _is_wide(word[index]) or _is_wide(word[index - 1])
        if breakable and word[index] not in _NOT_AT_START and not combining(word[index]):
            yield word[start:index]
            start = index
    yield word[start:]


def _width(char: str) -> int:
    if combining(char):
        return 0
    return 2 if _is_wide(char) else 1


def _is_wide(char: str) -> bool:
    return east_asian_width(char) in "WF"
