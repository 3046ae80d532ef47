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
from .edition import Edition
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
        edition = self._edition(options)
        return self._output(edition, edition.of_article(document), document.updated_at)

    def bind(self, book: Book, options: RenditionOptions) -> Output:
        """Typeset a book."""
        edition = self._edition(options)
        return self._output(edition, edition.of_book(book), book.updated_at)

    def _edition(self, options: RenditionOptions) -> Edition:
        return Edition(options, self._typeface, Shortfalls())

    def _output(self, edition: Edition, data: dict[str, Any], at: datetime) -> Output:
        made = typeset(data, edition.pictures.drawings, self._typeface.fonts, at)
        _tell(edition.characters.missing, edition.shortfalls)
        if made.breach:
            edition.shortfalls.note(f"The PDF claims neither PDF/UA-1 nor PDF/A-2a: {made.breach}.")
        return Output(made.content, edition.shortfalls.warnings, page_count(made.content))


@cache
def _version_with(typeface: Typeface) -> int:
    made_with = f"{_VERSION} {version('typst')} {typeface.digest}"
    return int.from_bytes(hashlib.sha256(made_with.encode()).digest()[:6])


def _tell(missing: tuple[str, ...], shortfalls: Shortfalls) -> None:
    if not missing:
        return
    named = ", ".join(f"U+{ord(char):04X}" for char in missing[:_MOST_NAMED])
    more = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
    shortfalls.note(
        f"No font at hand has these characters, and � is printed for them: {named}{more}."
    )
