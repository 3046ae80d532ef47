"""Characters that no comment may bear."""

import re
import unicodedata

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_BIDI_CONTROL = re.compile("[\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = frozenset({"Cc", "Cf", "Cn", "Mn", "Zl", "Zp", "Zs"})
# Letters and symbols by their category that are drawn as nothing all the same: the Hangul
# fillers and the empty Braille pattern.
_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def has_control(text: str) -> bool:
    """Tell whether a text holds NUL or another control character but tab and newline.

    Lone surrogates, which no encoding can write, count among them.
    """
    return bool(_CONTROL.search(text) or _SURROGATE.search(text))


def has_bidi_control(text: str) -> bool:
    """Tell whether a text turns the direction of what stands around it (Unicode UAX #9, 2)."""
    return bool(_BIDI_CONTROL.search(text))


def is_visible(text: str) -> bool:
    """Tell whether a reader would see anything of a text."""
    return any(
        unicodedata.category(character) not in _INVISIBLE and character not in _BLANKS
        for character in text
    )
