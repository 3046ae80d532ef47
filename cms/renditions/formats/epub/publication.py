"""A publication: what is known of it, and the files that it is read in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from ...document.book import Book
from ...document.direction import Direction
from ...document.document import Document
from ...document.languages import UNDETERMINED, is_well_formed
from ..html.blocks import Entry


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a publication."""

    identity: str
    """What its identifier is made of: for good, whatever becomes of its words."""
    title: str
    language: str
    direction: Direction
    creators: tuple[str, ...]
    publisher: str
    source: str
    published_at: datetime
    updated_at: datetime
    subjects: tuple[str, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A file in the order in which the publication is read; `kind` as landmarks are named."""

    name: str
    title: str
    xhtml: str
    kind: str
    entries: tuple[Entry, ...] = ()


def about_document(document: Document) -> Metadata:
    """Tell of an article by itself."""
    return Metadata(
        identity=document.address,
        title=title_of(document),
        language=language_of(document.language),
        direction=document.direction,
        creators=document.byline,
        publisher=document.site_title,
        source=document.address,
        published_at=document.published_at,
        updated_at=document.updated_at,
        subjects=document.categories,
    )


def about_book(book: Book) -> Metadata:
    """Tell of a book, by whoever wrote in it."""
    return Metadata(
        identity=book.identity,
        title=book.title or book.site_title or book.address,
        language=language_of(book.language),
        direction=book.direction,
        creators=_union(article.byline for article in book.articles),
        publisher=book.site_title,
        source=book.address,
        published_at=book.last_published_at,
        updated_at=book.updated_at,
        subjects=_union(article.categories for article in book.articles),
        description=book.subtitle,
    )


def title_of(document: Document) -> str:
    """Give an article's title, or where it is: a publication must be called something."""
    return document.title if document.title.strip() else document.address


def language_of(tag: str) -> str:
    """Give a language tag that checkers take."""
    return tag if is_well_formed(tag) else UNDETERMINED


def _union(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(lists)))
