"""Words for addresses, and keys to sort by."""

import re
import unicodedata
from typing import Final

MAX_SLUG: Final = 100
"""Characters in a slug."""
_LONGEST_KEY: Final = 250

_LATIN: Final = str.maketrans(
    {
        "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l",
        "ħ": "h", "ı": "i", "ŋ": "n", "ŧ": "t", "ĸ": "k", "ſ": "s",
    }
)  # fmt: skip
_ACCENTED = re.compile("([a-z])[\u0300-\u036f]+")
_WITHIN_WORDS: Final = str.maketrans("", "", "'\u2019\u02bc\u00ad\u200b\u200c\u200d")


def slugify(title: str, *, fallback: str) -> str:
    """Answer the title's words in lower case, joined by `-`; `fallback` if it has none.

    Latin letters lose their accents; those of other scripts are kept, in NFC. The slug has at
    most 100 characters and ends with a whole word, unless the first word alone is longer.
    """
    lowered = unicodedata.normalize("NFC", title).lower().translate(_LATIN)
    bare = _ACCENTED.sub(r"\1", unicodedata.normalize("NFD", lowered.translate(_WITHIN_WORDS)))
    letters = map(_letter_or_space, unicodedata.normalize("NFC", bare))
    return _cut("-".join("".join(letters).split())) or fallback


def title_key(text: str) -> str:
    """Answer a key that sorts titles alike in every database under a binary collation.

    Case, accents and compatibility forms make no difference; spaces are collapsed. The key has at
    most 250 characters: an index of PostgreSQL holds no more than some 2,700 bytes.
    """
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    kept = (character for character in folded if not unicodedata.combining(character))
    return " ".join("".join(kept).replace("\x00", "").split())[:_LONGEST_KEY].rstrip()


def _letter_or_space(character: str) -> str:
    return character if unicodedata.category(character)[0] in "LMN" else " "


def _cut(slug: str) -> str:
    if len(slug) <= MAX_SLUG:
        return slug
    whole_words, separator, _ = slug[: MAX_SLUG + 1].rpartition("-")
    return whole_words if separator else slug[:MAX_SLUG]
