"""Writes what stands on lines of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from ...document.blocks import (
    Block,
    Blocks,
    BulletList,
    Cell,
    CodeBlock,
    Figure,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Passage,
    Quotation,
    Row,
    Rule,
    Table,
)
from ...document.document import Document
from ...document.flatten import lines_of, plain
from ..options import PrintLinks
from ..outline import Outline
from .attributes import locale, running
from .line import LineWriter

_LONG_CODE = 30  # lines: more than that may be broken between pages
_LONG_TABLE = 12  # rows


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading that can be led to; its `level` is that below the title, from 2."""

    level: int
    text: str
    anchor: str


class BlockWriter(LineWriter):
    """Writes blocks; keeps the headings among them."""

    def __init__(self, document: Document, choice: PrintLinks) -> None:
        super().__init__(document, choice)
        self.entries: list[Entry] = []
        self._direction = document.direction
        self._outline = Outline()

    def block(self, block: Block) -> str:  # noqa: C901, PLR0911 - a case for each kind of block
        """Write one block."""
        match block:
            case Paragraph(children):
                return f"<p{self._dir(plain(children))}>{self.line(children)}</p>\n"
            case Heading():
                return self._heading(block)
            case BulletList(items):
                kind = ' class="tasks"' if all(item.done is not None for item in items) else ""
                return f"<ul{kind}{self._dir_of(items)}>\n{self._items(items)}</ul>\n"
            case NumberedList(items, start):
                first = f' start="{start}"' if start != 1 else ""
                return f"<ol{first}{self._dir_of(items)}>\n{self._items(items)}</ol>\n"
            case Quotation(blocks):
                direction = self._dir_of([ListItem(blocks)])
                return f"<blockquote{direction}>\n{self.blocks(blocks)}</blockquote>\n"
            case CodeBlock(text):
                kind = ' class="long"' if text.count("\n") > _LONG_CODE else ""
                return f'<pre{kind} dir="ltr"><code>{escape(text, quote=False)}</code></pre>\n'
            case Table():
                return self._table(block)
            case Figure(blocks, caption):
                words = f"<figcaption>{self.line(caption)}</figcaption>\n" if caption else ""
                return f"<figure>\n{self.blocks(blocks)}{words}</figure>\n"
            case Passage(blocks, language, direction):
                return f"<div{locale(language, direction)}>\n{self.blocks(blocks)}</div>\n"
            case Rule():
                return f"<hr{self.void_end}\n"

    def blocks(self, blocks: Blocks) -> str:
        """Write blocks one below the other."""
        return "".join(map(self.block, blocks))

    def _heading(self, heading: Heading) -> str:
        text = plain(heading.children)
        if not text.strip():
            # A picture that nobody described heads nothing for those who do not see it.
            return f"<p>{self.line(heading.children)}</p>\n"
        level = self._outline.level(heading.level)
        anchor = self._anchored(level, text, heading.anchor)
        return f"<h{level}{anchor}{self._dir(text)}>{self.line(heading.children)}</h{level}>\n"

    def _anchored(self, level: int, text: str, anchor: str | None) -> str:
        if not anchor:
            return ""
        self.entries.append(Entry(level, text, anchor))
        return f' id="{escape(anchor)}"'

    def _items(self, items: Iterable[ListItem]) -> str:
        return "".join(map(self._item, items))

    def _item(self, item: ListItem) -> str:
        kind = "" if item.done is None else ' class="task"'
        return f"<li{kind}>{self._box(item)}{self._inner(item.blocks)}</li>\n"

    def _box(self, item: ListItem) -> str:
        if item.done is None:
            return ""
        wording = self.words.wording
        label, sign = (wording.done, "×") if item.done else (wording.to_do, "")
        return f'<span class="box" role="img" aria-label="{escape(label)}">{sign}</span>'

    def _inner(self, blocks: Blocks) -> str:
        """Write the content of an entry or a cell; its first paragraph needs no element."""
        if blocks and isinstance(blocks[0], Paragraph):
            return self.line(blocks[0].children) + self.blocks(blocks[1:])
        return self.blocks(blocks)

    def _table(self, table: Table) -> str:
        caption = f"<caption>{self.line(table.caption)}</caption>\n" if table.caption else ""
        head = "".join(self._row(row, "col") for row in table.head)
        head = f"<thead>\n{head}</thead>\n" if head else ""
        body = "".join(self._row(row, "row") for row in table.body)
        kind = "" if len(table.body) > _LONG_TABLE else ' class="short"'
        return f"<table{kind}>\n{caption}{head}<tbody>\n{body}</tbody>\n</table>\n"

    def _row(self, row: Row, scope: str) -> str:
        return f"<tr>{''.join(self._cell(cell, scope) for cell in row)}</tr>\n"

    def _cell(self, cell: Cell, scope: str) -> str:
        tag = "th" if cell.is_header else "td"
        attributes = f' scope="{scope}"' if cell.is_header else ""
        attributes += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
        attributes += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        attributes += f' class="{cell.alignment}"' if cell.alignment else ""
        attributes += self._dir_of([ListItem(cell.blocks)])
        return f"<{tag}{attributes}>{self._inner(cell.blocks)}</{tag}>"

    def _dir_of(self, items: Iterable[ListItem]) -> str:
        lines = (plain(line) for item in items for line in lines_of(item.blocks))
        return self._dir(next(lines, ""))

    def _dir(self, text: str) -> str:
        return running(text, self._direction)
