"""PDF: laid out for paper, tagged for those who cannot see it, and made to last."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from ...document.book import Book
from ...document.document import Document
from ..format import Output
from ..options import RenditionOptions
from .typeface import Typeface

_VERSION = 1
"""To be raised with every change of what becomes of the same document."""


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
        from .making import article  # noqa: PLC0415 - typst is loaded by those who typeset

        return article(document, options, self._typeface)

    def bind(self, book: Book, options: RenditionOptions) -> Output:
        """Typeset a book."""
        from .making import book as bound  # noqa: PLC0415 - see above

        return bound(book, options, self._typeface)


@cache
def _version_with(typeface: Typeface) -> int:
    engines = (version("typst"), version("zxing-cpp"))
    made_with = f"{_VERSION} {engines} {typeface.digest}"
    return int.from_bytes(hashlib.sha256(made_with.encode()).digest()[:6])
