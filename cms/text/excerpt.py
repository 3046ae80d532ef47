"""The opening of a text."""

import re
import unicodedata
from typing import Final

EXCERPT_CHARACTERS: Final = 200
ELLIPSIS: Final = "…"

_SENTENCE_END = re.compile("[.!?…][\"'”’»)]*(?= )|[。！？][」』”]?")
_JOINER: Final = "\N{ZERO WIDTH JOINER}"


def cut_excerpt(text: str, limit: int = EXCERPT_CHARACTERS) -> str:
    """Answer the opening of `text` in one line of at most `limit` characters (2 or more).

    It ends with a sentence if one ends late enough, else with a word and an ellipsis; scripts
    without spaces are cut between characters, never within one that is composed of several.
    """
    # A little more than is asked for is enough to see where the text may be cut.
    line = " ".join(text[: limit * 20].split())
    if len(line) <= limit:
        return line
    ends = [end.end() for end in _SENTENCE_END.finditer(line, 0, limit + 1)]
    if ends and limit * 0.6 <= ends[-1] <= limit:
        return line[: ends[-1]]
    opening = line[: _last_boundary(line, limit - len(ELLIPSIS))]
    return opening.rstrip(" ,;:–—-") + ELLIPSIS


def _last_boundary(line: str, limit: int) -> int:
    space = line.rfind(" ", 0, limit + 1)
    if space > limit // 2:
        return space
    position = limit
    while position > 0 and _is_within_character(line, position):
        position -= 1
    return position or limit


def _is_within_character(line: str, position: int) -> bool:
    """Whether what stands here belongs to the character before (after UAX #29)."""
    before, here = line[position - 1], line[position]
    if unicodedata.category(here)[0] == "M" or _JOINER in {before, here}:
        return True
    if "\N{EMOJI MODIFIER FITZPATRICK TYPE-1-2}" <= here <= "\N{EMOJI MODIFIER FITZPATRICK TYPE-6}":
        return True
    return _is_flag_letter(here) and _flag_letters_before(line, position) % 2 == 1


def _flag_letters_before(line: str, position: int) -> int:
    start = position
    while start > 0 and _is_flag_letter(line[start - 1]):
        start -= 1
    return position - start


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
