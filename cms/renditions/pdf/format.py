"""PDF: laid out for paper, tagged for those who cannot see it, and made to last."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..book import Book
from ..document import Document
from ..formats import Output
from ..options import RenditionOptions
from ..shortfalls import Shortfalls
from .edition import edition_of_article, edition_of_book
from .materials import Materials, materials_for
from .typeface import Typeface
from .typesetting import page_count, typeset

_VERSION = 1
"""To be raised with every change of what becomes of the same document."""

_MOST_NAMED = 20  # characters in a warning


@dataclass(frozen=True, slots=True)
class Pdf:
    """Writes PDF 1.7 that claims PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2).

    `fonts_dir` holds further fonts. They go before those that come with Pressroom, save for the
    face of running text in scripts that it has.
    """

    fonts_dir: Path | None = None
    name: str = "PDF"
    media_type: str = "application/pdf"
    extension: str = "pdf"
    heeds: frozenset[str] = frozenset(
        {"paper", "text_size", "links", "images", "comments", "ink_saving", "qr_code"}
    )
    unavailable: str | None = None

    @property
    def version(self) -> int:
        """Another one with other fonts or another typst, which make other bytes."""
        return _version_with(self._typeface)

    @property
    def _typeface(self) -> Typeface:
        return Typeface(self.fonts_dir)

    def render(self, document: Document, options: RenditionOptions) -> Output:
        """Typeset an article."""
        materials = materials_for(options, self._typeface)
        data = edition_of_article(document, options, materials)
        return _output(data, materials, document.updated_at)

    def bind(self, book: Book, options: RenditionOptions) -> Output:
        """Typeset a book."""
        materials = materials_for(options, self._typeface)
        data = edition_of_book(book, options, materials)
        return _output(data, materials, book.updated_at)


def _output(data: dict[str, Any], materials: Materials, at: datetime) -> Output:
    made = typeset(data, materials.pictures.drawings, materials.typeface.fonts, at)
    shortfalls = materials.shortfalls
    _tell(materials.characters.missing, shortfalls)
    if made.breach:
        shortfalls.note(f"The PDF claims neither PDF/UA-1 nor PDF/A-2a: {made.breach}.")
    return Output(made.content, shortfalls.warnings, page_count(made.content))


@cache
def _version_with(typeface: Typeface) -> int:
    engines = (version("typst"), version("zxing-cpp"))
    made_with = f"{_VERSION} {engines} {typeface.digest}"
    return int.from_bytes(hashlib.sha256(made_with.encode()).digest()[:6])


def _tell(missing: tuple[str, ...], shortfalls: Shortfalls) -> None:
    if not missing:
        return
    named = ", ".join(f"U+{ord(char):04X}" for char in missing[:_MOST_NAMED])
    more = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
    shortfalls.note(
        f"No font at hand has these characters, and � is printed for them: {named}{more}."
    )
