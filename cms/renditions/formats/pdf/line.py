"""Writes what stands within a line as data: stretches of text, each with its style."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeAlias

from ...document.blocks import Blocks
from ...document.direction import Direction
from ...document.flatten import plain
from ...document.inlines import (
    Code,
    Emphasis,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from ..images import described
from ..links import is_spelled_out
from ..options import PrintLinks
from .addresses import LONGEST, printed_address
from .apparatus import Apparatus
from .breaks import pieces
from .bulk import LINK
from .locale import language_of, region_of

Item: TypeAlias = "str | dict[str, Any]"
Style: TypeAlias = Mapping[str, Any]

_ISOLATES = {Direction.LEFT_TO_RIGHT: "\u2066", Direction.RIGHT_TO_LEFT: "\u2067"}
_END_OF_ISOLATE = "\u2069"
_PLAIN: Style = {}


class LineWriter:
    """Writes lines; numbers their links and places footnotes at their first marks."""

    def __init__(self, apparatus: Apparatus, flow: Callable[[Blocks], list[Any]]) -> None:
        self._apparatus = apparatus
        self._flow = flow

    def line(self, nodes: Inlines, style: Style = _PLAIN) -> list[Item]:
        """Write nodes, one after the other."""
        items: list[Item] = []
        for node in nodes:
            for item in self._inline(node, style):
                if isinstance(item, str) and items and isinstance(items[-1], str):
                    items[-1] += item
                else:
                    items.append(item)
        return items

    def _inline(  # noqa: C901, PLR0911 - a case for each kind of node
        self, node: Inline, style: Style
    ) -> Iterator[Item] | list[Item]:
        match node:
            case Text(text):
                return [self._text(text, style)] if text else []
            case Emphasis(children):
                return self.line(children, _toggled(style, "emphasis"))
            case Strong(children):
                return self.line(children, {**style, "strong": True})
            case Strikethrough(children):
                return self.line(children, {**style, "strike": True})
            case Subscript(children):
                return self.line(children, {**style, "sub": True})
            case Superscript(children):
                return self.line(children, {**style, "super": True})
            case Code(children):
                return self._isolated(children, {**style, "code": True}, Direction.LEFT_TO_RIGHT)
            case Span(children, language, direction):
                return self._isolated(children, _in_language(style, language), direction)
            case Link():
                return self._link(node, style)
            case Image():
                return self._image(node, style)
            case LineBreak():
                return [{"break": True}]
            case FootnoteMark(number):
                return self._note(number)

    def _text(self, text: str, style: Style) -> Item:
        apparatus = self._apparatus
        cut = pieces(
            apparatus.materials.characters.printable(text),
            apparatus.widest_word,
            is_hyphenated=apparatus.is_hyphenated and "code" not in style,
        )
        return {"text": cut, **style} if style or not isinstance(cut, str) else cut

    def _isolated(self, children: Inlines, style: Style, direction: Direction | None) -> list[Item]:
        items = self.line(children, style)
        if direction is None or direction is self._apparatus.direction:
            return items
        return [_ISOLATES[direction], *items, _END_OF_ISOLATE]

    def _link(self, link: Link, style: Style) -> list[Item]:
        line = self.line(link.children, style)
        if link.is_internal:
            target = self._apparatus.target(link.address)
            return [{"to": target, "line": line}] if target else line
        text = plain(link.children)
        items = list(line)
        if line and len(link.address) <= LONGEST:
            items = [{"link": link.address, "line": line}]
        said = is_spelled_out(text, link.address)
        return items if said else [*items, *self._link_mark(link.address)]

    def _link_mark(self, address: str) -> list[Item]:
        apparatus = self._apparatus
        if apparatus.choice is PrintLinks.NONE:
            return []
        apparatus.materials.bulk.add(LINK)
        known = len(apparatus.links)
        number = apparatus.links.number(address)
        label = apparatus.label("link", number)
        if apparatus.choice is PrintLinks.ENDNOTES:
            return [{"endnote": str(number), "label": label}]
        if number <= known:
            return [{"again": label}]
        return [{"address": self.address(address), "label": label}]

    def address(self, address: str) -> dict[str, Any]:
        """Write an address that is printed."""
        characters = self._apparatus.materials.characters
        return printed_address(address, characters, self._apparatus.widest_word)

    def _image(self, image: Image, style: Style) -> list[Item]:
        placed = self._apparatus.materials.pictures.place(image, self._apparatus.room)
        if placed is not None:
            return [placed]
        self._apparatus.materials.shortfalls.note(
            "An image whose file is not at hand is printed as its description and address."
        )
        words = Text(described(image, self._apparatus.wording.image))
        return self._link(Link((words,), image.address), style)

    def _note(self, number: int) -> list[Item]:
        label = self._apparatus.label("note", number)
        note = self._apparatus.take_note(number)
        if note is None:
            return [{"again": label}] if self._apparatus.is_placed(number) else []
        return [{"note": self._flow(note.blocks), "label": label}]


def _toggled(style: Style, name: str) -> Style:
    if name in style:
        return {key: value for key, value in style.items() if key != name}
    return {**style, name: True}


def _in_language(style: Style, tag: str | None) -> Style:
    language = language_of(tag) if tag else None
    if tag is None or language is None:
        return style
    return {**style, "language": language, "region": region_of(tag)}
