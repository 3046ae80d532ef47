"""Reading a WordPress export (WXR) as a stream of elements, one child of the channel at a time.

WXR is RSS 2.0 with the namespaces of WordPress, Dublin Core and RSS content. A document type, and
with it every entity of its own, is refused: nothing in an export needs one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO
from xml.parsers import expat

from ..errors import Unreadable

CHUNK = 64 * 1024
MAX_RECORD = 64 * 1024 * 1024
"""Characters that one item with all its comments may have."""
MAX_DEPTH = 32

_CHANNEL = 2
_WORDPRESS = "wordpress.org/export/"
_PREFIXES = {
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/rss/1.0/modules/content/": "content:",
}


@dataclass(slots=True)
class Element:
    """An element with its text and what stands in it; its name has the usual prefix."""

    name: str
    line: int
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text directly in the element, without white space around it."""
        return "".join(self.pieces).strip()

    def value(self, name: str) -> str:
        """Give the text of the first child of that name, or an empty string."""
        return next((child.text for child in self.children if child.name == name), "")

    def all(self, name: str) -> Iterator["Element"]:
        """Go through the children of that name."""
        return (child for child in self.children if child.name == name)


def read_elements(
    file: BinaryIO, path: Path, advance: Callable[[int], None] = lambda _: None
) -> Iterator[Element]:
    """Give each child of the channel as soon as it is complete.

    `advance` is told of the bytes that have been read. Raises Unreadable.
    """
    collector = _Collector(path)
    while chunk := file.read(CHUNK):
        collector.feed(chunk)
        yield from collector.take()
        advance(len(chunk))
    collector.feed(b"", final=True)
    yield from collector.take()


class _Collector:
    """Builds the children of the channel from the parser's events, and lets go of the rest."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._depth = 0
        self._size = 0
        self._open: list[Element] = []
        self._complete: list[Element] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._refuse_doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def feed(self, chunk: bytes, *, final: bool = False) -> None:
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as error:
            problem = f"not well-formed XML: {expat.ErrorString(error.code)}"
            raise Unreadable(problem, self._path, error.lineno) from None
        except (LookupError, ValueError):
            raise self._unreadable("its encoding is not known") from None

    def take(self) -> list[Element]:
        complete, self._complete = self._complete, []
        return complete

    def _unreadable(self, problem: str) -> Unreadable:
        return Unreadable(problem, self._path, self._parser.CurrentLineNumber)

    def _refuse_doctype(self, *_: object) -> None:
        raise self._unreadable("a document type or an entity is declared, which no export needs")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._unreadable(f"elements are nested more than {MAX_DEPTH} deep")
        if self._depth <= _CHANNEL:
            self._expect(name)
            return
        self._grow(len(name) + sum(map(len, attributes.values())))
        element = Element(_prefixed(name), self._parser.CurrentLineNumber, attributes)
        if self._open:
            self._open[-1].children.append(element)
        self._open.append(element)

    def _expect(self, name: str) -> None:
        expected = ("rss", "channel")[self._depth - 1]
        if name != expected:
            raise self._unreadable(
                f"not a WordPress export: <{name}> stands where <{expected}> should"
            )

    def _end(self, _name: str) -> None:
        self._depth -= 1
        if not self._open:
            return
        element = self._open.pop()
        if not self._open:
            self._complete.append(element)
            self._size = 0

    def _characters(self, text: str) -> None:
        if self._open:
            self._grow(len(text))
            self._open[-1].pieces.append(text)

    def _grow(self, by: int) -> None:
        self._size += by
        if self._size > MAX_RECORD:
            raise self._unreadable(f"one item has more than {MAX_RECORD:,} characters")


def _prefixed(name: str) -> str:
    namespace, _, local = name.rpartition(" ")
    if _WORDPRESS in namespace:
        return ("excerpt:" if namespace.endswith("/excerpt/") else "wp:") + local
    return _PREFIXES.get(namespace, "") + local
