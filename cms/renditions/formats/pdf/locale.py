"""Languages as typst wants them."""

import re

HYPHENATED = frozenset(
    {"cs", "da", "de", "en", "es", "et", "fi", "fr", "hr", "hu", "is", "it", "lt", "nb", "nl", "nn"}
    | {"pl", "pt", "sk", "sl", "sv", "tr"}
)
"""Languages in Latin letters that typst has rules of hyphenation for."""

_PRIMARY = re.compile(r"[a-z]{2,3}")
_REGION = re.compile(r"[A-Z]{2}")
_REGIONS_OF_SCRIPTS = {"Hant": "TW", "Hans": "CN"}


def language_of(tag: str) -> str | None:
    """Give the primary language of a BCP 47 tag; None where it has none of two or three letters."""
    match = _PRIMARY.fullmatch(tag.lower().split("-")[0])
    return match[0] if match else None


def region_of(tag: str) -> str | None:
    """Give the region of a BCP 47 tag; a Chinese script tells of one, too."""
    for subtag in tag.split("-")[1:]:
        if _REGION.fullmatch(subtag.upper()):
            return subtag.upper()
        if subtag.title() in _REGIONS_OF_SCRIPTS:
            return _REGIONS_OF_SCRIPTS[subtag.title()]
    return None
