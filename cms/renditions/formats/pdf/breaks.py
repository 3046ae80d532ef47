"""Words that are too long for a line, cut where they may be broken."""

import re
from collections.abc import Callable
from functools import cache
from typing import TypeAlias
from unicodedata import category, east_asian_width, normalize

_FILLED = 0.6  # of a line: a part of an address that takes more is cut between letters, too
_LONGEST_WORD = 45  # letters
_AROUND_WORDS = ".,;:!?()\"'«»„“”‚‘’"
_HOWL = re.compile(r"[^aeiouy]{8}|[aeiouy]{5}|(.)\1\1\1")
_NEVER_FIRST = re.compile(r"(?<=\s)(?=[/!?)\]},.:;|])")
_ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"  # nothing else has lines begin with such signs
_PIECE = 4  # characters: a ragged edge of no more than that
_NARROW = frozenset("iIjlftr.,;:!'|()[]{}/-’‘· ")
_BROAD = frozenset("mwMWQ@%&—…")
_WIDE = re.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60\U00020000-\U0003ffff]"
)
_CLINGING = frozenset({"Cf", "Mn", "Mc", "Me"})
_JOINER = "\N{ZERO WIDTH JOINER}"

Pieces: TypeAlias = str | list[str]

_PARTS = re.compile(r"[^/?&=#%.,_~+-]*[/?&=#%.,_~+-]*")


def ems(text: str) -> float:
    """Estimate how wide a text is, in multiples of its size; rather too wide than too narrow."""
    return sum(map(_em, text))


def pieces(
    text: str,
    most: float,
    measure: Callable[[str], float] = ems,
    *,
    is_hyphenated: bool = False,
) -> Pieces:
    """Give the text whole, or cut where it holds words that are wider than `most`.

    Wide characters of East Asia end a word: lines are broken between them anyway. What will be
    hyphenated is left whole.
    """
    long_words = [
        word
        for word in re.finditer(r"\S+", text)
        if _is_long(word[0], most, measure) and not (is_hyphenated and _is_word(word[0]))
    ]
    if not long_words:
        return text
    cut: list[str] = []
    start = 0
    for word in long_words:
        first, *rest = _cut(word[0], most * _FILLED)
        cut += [text[start : word.start()] + first, *rest]
        start = word.end()
    if start < len(text):
        cut[-1] += text[start:]
    return cut


def pieces_of_code(line: str, most: int) -> Pieces:
    """Give a line of code whole, or cut where it is longer than `most` letters.

    Unlike other lines it may be broken after any space, whatever sign comes next. It begins no
    further in than at the middle.
    """
    if len(line) <= most:
        return line
    words = line.lstrip()
    cut = pieces(" " * min(len(line) - len(words), most // 2) + words, most, len)
    whole = [cut] if isinstance(cut, str) else cut
    return [_NEVER_FIRST.sub(_ZERO_WIDTH_SPACE, piece) for piece in whole]


def _is_long(word: str, most: float, measure: Callable[[str], float]) -> bool:
    if len(word) <= most:
        return False
    runs = [word] if word.isascii() else _WIDE.split(word)
    return any(measure(run) > most for run in runs)


def _is_word(text: str) -> bool:
    """Whether a word is one that rules of hyphenation know to divide, and no hash or howl."""
    letters = text.strip(_AROUND_WORDS)
    plain = normalize("NFD", letters.lower()).encode("ascii", "ignore").decode()
    is_word = letters.isalpha() and len(letters) <= _LONGEST_WORD
    return is_word and len(plain) >= len(letters) - 1 and _HOWL.search(plain) is None


@cache
def _em(char: str) -> float:
    if east_asian_width(char) in "WF":
        return 1.0
    if char in _NARROW:
        return 0.35
    return 0.9 if char in _BROAD else 0.72 if char.isupper() else 0.54


def _cut(word: str, most: float) -> list[str]:
    """Cut after slashes, hyphens and other signs, and between letters only where that is rare."""
    cut: list[str] = []
    for part in filter(None, _PARTS.findall(word)):
        cut += _cut_anywhere(part) if ems(part) > most else [part]
    return cut


def _cut_anywhere(word: str) -> list[str]:
    cut: list[str] = []
    start = 0
    for index in range(_PIECE, len(word)):
        if index - start >= _PIECE and not _clings(word[index - 1], word[index]):
            cut.append(word[start:index])
            start = index
    return [*cut, word[start:]]


def _clings(before: str, char: str) -> bool:
    return before == _JOINER or category(char) in _CLINGING
