"""PDF: laid out for paper, tagged for those who cannot see it, and made to last."""

from dataclasses import dataclass

from ..book import Book
from ..document import Document
from ..formats import Output
from ..options import RenditionOptions
from ..shortfalls import Shortfalls
from .edition import Edition
from .typeface import Typeface
from .typesetting import page_count, typeset


@dataclass(frozen=True, slots=True)
class Pdf:
    """Writes PDF 1.7 that claims PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2)."""

    name: str = "PDF"
    media_type: str = "application/pdf"
    extension: str = "pdf"
    version: int = 1
    heeds: frozenset[str] = frozenset(
        {"paper", "text_size", "links", "images", "comments", "ink_saving", "qr_code"}
    )
    unavailable: str | None = None

    def render(self, document: Document, options: RenditionOptions) -> Output:
        """Typeset an article."""
        shortfalls = Shortfalls()
        edition = Edition(options, Typeface(), shortfalls)
        data = edition.of_article(document)
        content = typeset(data, edition.pictures.drawings, document.updated_at)
        return Output(content, shortfalls.warnings, page_count(content))

    def bind(self, book: Book, options: RenditionOptions) -> Output:
        """Typeset a book."""
        shortfalls = Shortfalls()
        edition = Edition(options, Typeface(), shortfalls)
        data = edition.of_book(book)
        content = typeset(data, edition.pictures.drawings, book.updated_at)
        return Output(content, shortfalls.warnings, page_count(content))
