"""Writes blocks as data for the template."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ...document.blocks import (
    Block,
    Blocks,
    BulletList,
    CodeBlock,
    Figure,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Passage,
    Quotation,
    Rule,
    Table,
)
from ...document.direction import first_strong
from ...document.document import Footnote
from ...document.flatten import lines_of, plain
from ...document.inlines import Inlines
from ..outline import Outline
from .apparatus import Apparatus
from .breaks import pieces_of_code
from .bulk import BLOCK, LINE_OF_CODE
from .line import Item, LineWriter
from .locale import language_of, region_of
from .manners import has_words, is_gallery, is_short, manner_of, marks_of, only_image
from .tables import TableWriter

Data = dict[str, Any]

DEEPEST = 6
"""Lists, quotations, tables and figures nested deeper would have no room left."""

_HEADING = 1.35  # of the size of the text, with what is bold about it
_INDENT = 1.6  # of the size of the text, for each list or quotation
_GALLERY = 2  # pictures side by side
_GUTTER = 12.0  # points between them


class BlockWriter:
    """Writes one document's blocks."""

    def __init__(self, apparatus: Apparatus) -> None:
        self._apparatus = apparatus
        self._lines = LineWriter(apparatus, self.note)
        self._tables = TableWriter(apparatus, self.flow, self.line)
        self._outline = Outline()
        self._depth = 0
        self._lists = 0

    def flow(self, blocks: Blocks) -> list[Data]:
        """Write blocks, one below the other."""
        return [data for block in blocks for data in self._marked(block)]

    def line(self, nodes: Inlines) -> list[Item]:
        """Write a line."""
        return self._lines.line(nodes)

    def note(self, blocks: Blocks) -> list[Data]:
        """Write the text of a footnote."""
        with self._apparatus.within_note():
            return self.flow(blocks)

    def reply(self, blocks: Blocks, indent: float) -> list[Data]:
        """Write a comment that is indented by so many points."""
        with self._apparatus.narrowed(self._apparatus.room - indent):
            return self.flow(blocks)

    def unmarked_notes(self) -> list[Data]:
        """Write the footnotes that no mark in the text leads to."""
        return [data for note in self._apparatus.unmarked_notes for data in self._numbered(note)]

    def address(self, address: str) -> Data:
        """Write an address that is printed."""
        return self._lines.address(address)

    def addresses(self) -> list[Data]:
        """Write where the links lead."""
        apparatus = self._apparatus
        return [
            {
                "number": str(number),
                "label": apparatus.label("link", number),
                **self.address(address),
            }
            for number, address in apparatus.links.numbered
        ]

    def _numbered(self, note: Footnote) -> list[Data]:
        return [
            {
                "kind": "numbers",
                "nested": False,
                "tight": False,
                "start": note.number,
                "items": [self.note(note.blocks)],
            }
        ]

    # ------------------------------------------------------------ direction and language

    def _marked(self, block: Block) -> list[Data]:
        if isinstance(block, Passage):
            return [self._passage(data, block) for data in self.flow(block.blocks)]
        data = self._block(block)
        for each in data:
            direction = first_strong(_first_line(block))
            if direction and direction is not self._apparatus.direction:
                each.setdefault("dir", str(direction))
        return data

    def _passage(self, data: Data, passage: Passage) -> Data:
        language = language_of(passage.language) if passage.language else None
        if language and passage.language:
            data.setdefault("language", language)
            data.setdefault("region", region_of(passage.language))
        if passage.direction:
            data.setdefault("dir", str(passage.direction))
        return data

    # ------------------------------------------------------------ kinds

    def _block(self, block: Block) -> list[Data]:  # noqa: C901, PLR0911 - a case for each kind of block
        self._apparatus.materials.bulk.add(BLOCK)
        if self._depth >= DEEPEST and not isinstance(block, Paragraph | Heading | CodeBlock | Rule):
            return self._flat(block)
        match block:
            case Paragraph(children):
                return [self._paragraph(children)]
            case Heading(children=children):
                # A heading that says nothing is none (ISO 14289-1, 7.4.1).
                return [self._heading(block) if has_words(children) else self._paragraph(children)]
            case BulletList(items) if is_gallery(items):
                with self._nested():
                    return [self._gallery(items)]
            case BulletList(items):
                marks = marks_of(items)
                return [
                    {"kind": "tasks" if marks else "bullets", "marks": marks, **self._items(items)}
                ]
            case NumberedList(items, start):
                return [{"kind": "numbers", "start": start, **self._items(items)}]
            case Quotation(blocks):
                return [{"kind": "quotation", "blocks": self._indented(blocks)}]
            case CodeBlock(text):
                return [self._code(text)]
            case Table():
                with self._nested():
                    return [self._tables.table(block)]
            case Figure(blocks, caption):
                with self._nested():
                    return [self._figure(blocks, caption)]
            case Passage(blocks):
                return self.flow(blocks)
            case Rule():
                return [{"kind": "rule"}]

    def _paragraph(self, children: Inlines) -> Data:
        image = only_image(children)
        if image is not None:
            placed = self._apparatus.materials.pictures.place(image, self._apparatus.room)
            if placed is not None:
                return {"kind": "image", **placed}
        return {"kind": "paragraph", "line": self.line(children), **manner_of(children)}

    def _heading(self, heading: Heading) -> Data:
        return {
            "kind": "heading",
            "level": self._outline.level(heading.level),
            "line": self._heading_line(heading.children),
            "label": self._apparatus.heading_label(heading.anchor),
        }

    def _heading_line(self, children: Inlines) -> list[Item]:
        with self._apparatus.narrowed(self._apparatus.room / _HEADING):
            return self.line(children)

    def _items(self, items: tuple[ListItem, ...]) -> Data:
        nested = self._lists > 0
        self._lists += 1
        entries = [self._indented(item.blocks) for item in items]
        self._lists -= 1
        return {"nested": nested, "tight": all(map(is_short, items)), "items": entries}

    def _gallery(self, items: tuple[ListItem, ...]) -> Data:
        apparatus = self._apparatus
        columns = min(len(items), _GALLERY) if apparatus.materials.sheet.is_normal else 1
        with apparatus.narrowed((apparatus.room - (columns - 1) * _GUTTER) / columns):
            return {
                "kind": "gallery",
                "columns": columns,
                "gutter": _GUTTER,
                "items": [self.flow(item.blocks) for item in items],
            }

    def _indented(self, blocks: Blocks) -> list[Data]:
        apparatus = self._apparatus
        room = apparatus.room - _INDENT * apparatus.size
        with self._nested(), apparatus.narrowed(room):
            return self.flow(blocks)

    @contextmanager
    def _nested(self) -> Iterator[None]:
        self._depth += 1
        try:
            yield
        finally:
            self._depth -= 1

    def _flat(self, block: Block) -> list[Data]:
        self._apparatus.materials.shortfalls.note(
            f"What is nested deeper than {DEEPEST} lists, quotations or tables is set flat."
        )
        return [
            {"kind": "paragraph", "line": self.line(line)} for line in lines_of([block]) if line
        ]

    def _code(self, text: str) -> Data:
        apparatus, sheet = self._apparatus, self._apparatus.materials.sheet
        printable = apparatus.materials.characters.printable(text).expandtabs(4)
        lines, most = printable.split("\n"), apparatus.longest_code
        apparatus.materials.bulk.add(LINE_OF_CODE * (len(lines) - 1))
        count = sum(1 + len(line) // most for line in lines)
        return {
            "kind": "code",
            "text": printable,
            "cut": [pieces_of_code(line, most) for line in lines] if count > len(lines) else None,
            "hang": most // 3,
            "short": sheet.is_short(count * sheet.code),
        }

    def _figure(self, blocks: Blocks, caption: Inlines) -> Data:
        inside = self.flow(blocks)
        return {
            "kind": "figure",
            "blocks": inside,
            "caption": self.line(caption),
            "short": len(inside) == 1 and inside[0]["kind"] in {"image", "paragraph"},
        }


def _first_line(block: Block) -> str:
    return next(filter(None, map(plain, lines_of([block]))), "")
