"""How long a text is, and how long it takes to read."""

import math
import re
from typing import Final

_WORDS_A_MINUTE: Final = 230
_IDEOGRAPHS_A_MINUTE: Final = 400

# Kana, Han with its extensions, and compatibility ideographs: scripts written without spaces.
_IDEOGRAPH = re.compile(
    "[\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)


def count_words(text: str) -> int:
    """Count the words; in Chinese and Japanese, the characters."""
    words, ideographs = _count(text)
    return words + ideographs


def reading_minutes(text: str) -> int:
    """Answer the minutes it takes to read `text`: at least one, or none where nothing is."""
    words, ideographs = _count(text)
    return math.ceil(words / _WORDS_A_MINUTE + ideographs / _IDEOGRAPHS_A_MINUTE)


def _count(text: str) -> tuple[int, int]:
    spaced, ideographs = _IDEOGRAPH.subn(" ", text)
    words = sum(any(map(str.isalnum, chunk)) for chunk in spaced.split())
    return words, ideographs
