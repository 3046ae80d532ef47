"""The faces that texts are set in, and which characters they have."""

import hashlib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from unicodedata import category

from .cmap import characters_of

if TYPE_CHECKING:
    import typst

BUNDLED = Path(__file__).parent / "fonts"

_TEXT = "Libertinus Serif"
_MONOSPACED = "DejaVu Sans Mono"
_SCRIPTS = (
    "Devanagari Armenian Bengali Ethiopic Georgian Gujarati Gurmukhi Kannada Khmer Lao Malayalam "
    "Myanmar Sinhala Tamil Telugu Thai Tibetan"
)
_FAMILIES = (
    "Amiri",
    *(f"Noto Serif {script}" for script in _SCRIPTS.split()),
    "Noto Serif CJK SC",
    "Noto Sans Symbols2",
    "Noto Sans Symbols",
    "Noto Sans Math",
    "Noto Emoji",
    _MONOSPACED,
)
_SUFFIXES = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_CONTROLS = re.compile("[\x80-\x9f]")
_OTHER_SCRIPTS = re.compile("[\u0530-\u1dff\u2e80-\uffff\U00010000-\U0010ffff]")
_INVISIBLE = re.compile(
    "[\t\n \u00a0\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2000-\u200f\u2028-\u202f"
    "\u205f-\u206f\u3000\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""Spaces, and what only shapes its neighbours (Unicode 16, `Default_Ignorable_Code_Point`)."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """The faces at hand: those that come with Pressroom, and those in the operator's folder."""

    folder: Path | None = None

    @property
    def fonts(self) -> "typst.Fonts":
        """What typst takes them from."""
        return _fonts(self.folder)

    @property
    def families(self) -> tuple[str, ...]:
        """The faces of running text: for each character the first that has it."""
        return (_TEXT, *_added(self.folder), *_FAMILIES)

    @property
    def monospaced(self) -> tuple[str, ...]:
        """The faces of code."""
        return (_MONOSPACED, *_added(self.folder), *_FAMILIES)

    @property
    def digest(self) -> str:
        """Tell these faces from others; the machine that they are on makes no difference."""
        return _digest(self.folder)

    def missing(self, text: str) -> set[str]:
        """Give the characters of a text that no face has."""
        if text.isascii():
            return set()
        left = set(_INVISIBLE.sub("", text))
        for covered in _coverage(self.folder):
            if not left:
                break
            left -= covered()
        return left


def is_visible(text: str) -> bool:
    """Whether anything of a text is to be seen."""
    return bool(_INVISIBLE.sub("", text))


class Characters:
    """Sees to it that what is printed can be, and keeps in mind what could not."""

    def __init__(self, typeface: Typeface) -> None:
        self._typeface = typeface
        self._missing: dict[str, None] = {}
        self.has_other_scripts = False
        """Whether anything printed is in letters that are neither Latin, Greek nor Cyrillic."""

    def printable(self, text: str) -> str:
        """Put a sign of replacement for each character that no face has."""
        self.has_other_scripts = self.has_other_scripts or _OTHER_SCRIPTS.search(text) is not None
        missing = self._typeface.missing(text)
        if not missing:
            return text
        self._missing |= dict.fromkeys(sorted(missing))
        return _CONTROLS.sub("", text).translate(dict.fromkeys(map(ord, missing), _REPLACEMENT))

    @property
    def missing(self) -> tuple[str, ...]:
        """The characters that had to be replaced, in order of first occurrence."""
        return tuple(self._missing)


def _files(folder: Path) -> Iterator[Path]:
    yield from sorted(path for path in folder.rglob("*") if path.suffix.lower() in _SUFFIXES)


def _folders(folder: Path | None) -> list[Path]:
    return [BUNDLED] if folder is None else [BUNDLED, folder]


@cache
def _fonts(folder: Path | None) -> "typst.Fonts":
    import typst  # noqa: PLC0415 - loaded by those who typeset, and not by every server

    paths: list[Path] = _folders(folder)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


@cache
def _added(folder: Path | None) -> tuple[str, ...]:
    if folder is None:
        return ()
    import typst  # noqa: PLC0415 - see above

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )
    return tuple(sorted({font.family for font in fonts.fonts()}))


@cache
def _digest(folder: Path | None) -> str:
    whole = hashlib.sha256()
    for each in _folders(folder):
        for path in _files(each):
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


@cache
def _coverage(folder: Path | None) -> tuple[Callable[[], frozenset[str]], ...]:
    """What each file has, read when it is asked for; the face of running text comes first."""
    paths = [path for each in _folders(folder) for path in _files(each)]
    paths.sort(key=lambda path: not path.name.startswith("LibertinusSerif-Regular"))
    return tuple(_lazily(path) for path in paths)


def _lazily(path: Path) -> Callable[[], frozenset[str]]:
    return cache(lambda: _characters(path))


def _characters(path: Path) -> frozenset[str]:
    try:
        # What a private character means, an archive cannot know (ISO 19005-2, 6.2.11.7).
        return frozenset(char for char in characters_of(path) if category(char) != "Co")
    except ValueError:
        # typst passes over what is no font, too.
        return frozenset()
