"""The formats that a post can be had in, and the door that further ones come in by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, runtime_checkable

from ...errors import NotFound
from ..document.book import Book
from ..document.document import Document
from .options import RenditionOptions


class RenditionFormat(StrEnum):
    """The formats that every Pressroom knows by name."""

    PRINT_HTML = "PRINT_HTML"
    PDF = "PDF"
    EPUB = "EPUB"
    MARKDOWN = "MARKDOWN"
    TEXT = "TEXT"


NOTHING_LOADED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"


@dataclass(frozen=True, slots=True)
class Output:
    """What a format made of a document."""

    content: bytes
    warnings: tuple[str, ...] = ()
    page_count: int | None = None
    security_policy: str = NOTHING_LOADED
    """What a browser that shows it may load (Content Security Policy)."""
    is_provisional: bool = False
    """Whether it lacks something that may be there when it is made another time."""


class NotRenderable(Exception):
    """A document that cannot be had in a format; the text says why."""


class Format(Protocol):
    """Writes documents in one format; it can be pickled, for that is done by other processes."""

    @property
    def name(self) -> str:
        """As in the API: `PRINT_HTML`."""

    @property
    def media_type(self) -> str:
        """With its charset, if it is text."""

    @property
    def extension(self) -> str:
        """Of its files, without the dot; no two formats share one."""

    @property
    def version(self) -> int:
        """To be raised with every change of what `render` makes of the same document."""

    @property
    def heeds(self) -> frozenset[str]:
        """The names of the options that make a difference."""

    @property
    def unavailable(self) -> str | None:
        """Why nothing can be had in this format, in a sentence; None where it can."""

    def render(self, document: Document, options: RenditionOptions) -> Output:
        """Write the document: the same bytes for the same arguments, on any machine.

        Raises NotRenderable.
        """


@runtime_checkable
class BookFormat(Format, Protocol):
    """Binds many documents into one book, too."""

    def bind(self, book: Book, options: RenditionOptions) -> Output:
        """Write the book: the same bytes for the same arguments, on any machine.

        Raises NotRenderable.
        """


@dataclass(frozen=True, slots=True)
class Unavailable:
    """A format that has its name and its address, but that nothing can be had in yet."""

    name: str
    media_type: str
    extension: str
    version: int = 0
    heeds: frozenset[str] = frozenset()

    @property
    def unavailable(self) -> str | None:
        """Why not."""
        return f"{self.name} renditions are not available in this version."

    def render(self, _document: Document, _options: RenditionOptions) -> Output:
        """Refuse."""
        raise NotRenderable(self.unavailable)


class Formats:
    """The formats of one application, by name and by extension; a later one replaces its like."""

    def __init__(self, formats: Iterable[Format]) -> None:
        self._by_name = {known.name: known for known in formats}
        self._by_extension = {known.extension: known for known in self._by_name.values()}

    def __iter__(self) -> Iterator[Format]:
        return iter(self._by_name.values())

    def named(self, name: str) -> Format:
        """Find a format by its name. Raises NotFound."""
        return _found(self._by_name.get(name), name)

    def with_extension(self, extension: str) -> Format:
        """Find a format by the extension of its files. Raises NotFound."""
        return _found(self._by_extension.get(extension), f".{extension}")


def _found(known: Format | None, wanted: str) -> Format:
    if known is None:
        raise NotFound(f"There is no rendition format {wanted}")
    return known
