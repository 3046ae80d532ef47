"""EPUB 3.3, for e-readers and telephones: an article, or a book of articles.

What is printed of links and images is up to the reader, and so are the comments; paper, size of
text and ink are the reading system's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from ...document.book import Book
from ...document.document import Document
from ...document.shortfalls import Shortfalls
from ..format import Output
from ..options import RenditionOptions
from .archive import archive
from .chapter import chapter
from .navigation import navigation
from .package import NAVIGATION, package
from .page import STYLESHEET
from .pictures import Pictures
from .publication import Metadata, Part, about_book, about_document
from .title_page import contents_page, title_page

_STYLE = files(__package__).joinpath("epub.css").read_bytes()


@dataclass(frozen=True, slots=True)
class Epub:
    """Writes e-books."""

    name: str = "EPUB"
    media_type: str = "application/epub+zip"
    extension: str = "epub"
    version: int = 1
    heeds: frozenset[str] = frozenset({"links", "images", "comments"})
    unavailable: str | None = None

    def render(self, document: Document, options: RenditionOptions) -> Output:
        """Write an article as a publication of one chapter."""
        shortfalls = Shortfalls()
        metadata, pictures = about_document(document), Pictures(shortfalls)
        parts = [chapter(document, options, metadata, pictures)]
        return Output(_packed(metadata, parts, pictures), shortfalls.warnings)

    def bind(self, book: Book, options: RenditionOptions) -> Output:
        """Write a book: a title page, the contents, and each article as a chapter."""
        shortfalls = Shortfalls()
        metadata, pictures = about_book(book), Pictures(shortfalls)
        chapters = [
            chapter(article, options, metadata, pictures, number=number)
            for number, article in enumerate(book.articles, 1)
        ]
        opening = [title_page(book, metadata), contents_page(book, metadata, chapters)]
        return Output(_packed(metadata, [*opening, *chapters], pictures), shortfalls.warnings)


def _packed(metadata: Metadata, parts: Sequence[Part], pictures: Pictures) -> bytes:
    written = [
        ("package.opf", package(metadata, parts, pictures)),
        (NAVIGATION, navigation(metadata, parts)),
        *((part.name, part.xhtml) for part in parts),
    ]
    texts = [(name, text.encode()) for name, text in written]
    return archive([*texts, (STYLESHEET, _STYLE), *pictures.files])
