"""Words that are too long for a line, cut where they may be broken."""

import re
from typing import TypeAlias
from unicodedata import category, east_asian_width

_PIECE = 4  # characters: a ragged edge of no more than that
_CLINGING = frozenset({"Cf", "Mn", "Mc", "Me"})
_JOINER = "\N{ZERO WIDTH JOINER}"

Pieces: TypeAlias = str | list[str]

_PARTS_OF_ADDRESS = re.compile(r"[^/?&=#%.,_~+-]*[/?&=#%.,_~+-]*")


def pieces(text: str, most: int) -> Pieces:
    """Give the text whole, or cut where it holds words of more than `most` characters.

    Wide characters of East Asia end a word: lines are broken between them anyway.
    """
    long_words = [word for word in re.finditer(r"\S+", text) if _is_long(word[0], most)]
    if not long_words:
        return text
    cut: list[str] = []
    start = 0
    for word in long_words:
        first, *rest = _cut(word[0])
        cut += [text[start : word.start()] + first, *rest]
        start = word.end()
    if start < len(text):
        cut[-1] += text[start:]
    return cut


def address_pieces(address: str, most: int) -> Pieces:
    """Cut an address where it reads best: after its slashes, hyphens and other signs."""
    cut: list[str] = []
    for part in _PARTS_OF_ADDRESS.findall(address):
        cut += _cut(part) if len(part) > most else [part] if part else []
    return cut if len(cut) > 1 else address


def _is_long(word: str, most: int) -> bool:
    if len(word) <= most:
        return False
    if word.isascii():
        return True
    longest = run = 0
    for char in word:
        run = 0 if east_asian_width(char) in "WF" else run + 1
        longest = max(longest, run)
    return longest > most


def _cut(word: str) -> list[str]:
    cut: list[str] = []
    start = 0
    for index in range(_PIECE, len(word)):
        if index - start >= _PIECE and not _clings(word[index - 1], word[index]):
            cut.append(word[start:index])
            start = index
    return [*cut, word[start:]]


def _clings(before: str, char: str) -> bool:
    return before == _JOINER or category(char) in _CLINGING
