"""Writes the print document's nodes as HTML."""

from collections import Counter
from collections.abc import Iterable
from html import escape

from ..bidi import first_strong
from ..document import (
    Block,
    Blocks,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    Document,
    Emphasis,
    Figure,
    Footnote,
    FootnoteMark,
    Heading,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    ListItem,
    NumberedList,
    Paragraph,
    Passage,
    Quotation,
    Row,
    Rule,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
)
from ..flatten import lines_of, plain
from ..links import Links, is_spelled_out
from ..options import PrintLinks
from ..outline import Outline
from .words import HtmlWords

_LONG_CODE = 30  # lines: more than that may be broken between pages
_LONG_TABLE = 12  # rows


class HtmlWriter:
    """Writes one document's nodes; keeps count of its links, marks and headings."""

    def __init__(self, document: Document, links: PrintLinks) -> None:
        self.words = HtmlWords(document)
        self._document = document
        self._choice = links
        self._links = Links()
        self._outline = Outline()
        self._marks: Counter[int] = Counter()

    # ------------------------------------------------------------ parts of the page

    def flow(self, blocks: Blocks) -> str:
        """Write blocks one below the other, with the addresses they bring up if they go there."""
        return "".join(map(self._with_addresses, blocks))

    def section(self, title: str, content: str) -> str:
        """Write a part that follows the post."""
        heading = f"<h2>{self.words.mark(escape(title))}</h2>\n"
        return f'<section class="end">\n{heading}{content}</section>\n' if content else ""

    def notes(self) -> str:
        """Write the post's own footnotes."""
        items = "".join(map(self._note, self._document.footnotes))
        content = f'<ol class="notes">\n{items}</ol>\n' if items else ""
        return self.section(self.words.wording.notes, content)

    def _note(self, note: Footnote) -> str:
        content = self.flow(note.blocks) + self._ways_back(note.number)
        return f'<li id="note-{note.number}">{content}</li>\n'

    def endnotes(self) -> str:
        """Write the addresses of all links."""
        items = self._addresses(self._links.numbered)
        content = f'<ol class="links">\n{items}</ol>\n' if items else ""
        return self.section(self.words.wording.links, content)

    def _with_addresses(self, block: Block) -> str:
        known = len(self._links)
        html = self.block(block)
        if self._choice is not PrintLinks.FOOTNOTES or len(self._links) == known:
            return html
        items = self._addresses(self._links.since(known))
        below = f'<ol class="links" start="{known + 1}">\n{items}</ol>'
        return f'{html}<div class="below" role="note">{below}</div>\n'

    def _addresses(self, numbered: Iterable[tuple[int, str]]) -> str:
        return "".join(self._address(number, address) for number, address in numbered)

    def _address(self, number: int, address: str) -> str:
        link = f'<a href="{escape(address)}" dir="ltr">{escape(address)}</a>'
        back = self._way_back(f"link-mark-{number}", self.words.wording.back_to_link, number)
        return f'<li id="link-{number}">{link} {back}</li>\n'

    def _ways_back(self, number: int) -> str:
        label = self.words.wording.back_to_note
        return "".join(
            self._way_back(f"note-mark-{number}-{mark}", label, number)
            for mark in range(1, self._marks[number] + 1)
        )

    def _way_back(self, target: str, label: str, number: int) -> str:
        label = escape(label.format(number=number))
        return f'<a class="back" href="#{target}" aria-label="{label}">↩</a>'

    # ------------------------------------------------------------ blocks

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
                return f"<blockquote{direction}>\n{self._blocks(blocks)}</blockquote>\n"
            case CodeBlock(text):
                kind = ' class="long"' if text.count("\n") > _LONG_CODE else ""
                # A parser takes the first newline for a part of the tag.
                return f"<pre{kind}>\n<code>{escape(text, quote=False)}</code></pre>\n"
            case Table():
                return self._table(block)
            case Figure(blocks, caption):
                words = f"<figcaption>{self.line(caption)}</figcaption>\n" if caption else ""
                return f"<figure>\n{self._blocks(blocks)}{words}</figure>\n"
            case Passage(blocks, language, direction):
                return f"<div{_locale(language, direction)}>\n{self._blocks(blocks)}</div>\n"
            case Rule():
                return "<hr>\n"

    def _blocks(self, blocks: Blocks) -> str:
        return "".join(map(self.block, blocks))

    def _heading(self, heading: Heading) -> str:
        level = self._outline.level(heading.level)
        anchor = f' id="{escape(heading.anchor)}"' if heading.anchor else ""
        direction = self._dir(plain(heading.children))
        return f"<h{level}{anchor}{direction}>{self.line(heading.children)}</h{level}>\n"

    def _items(self, items: Iterable[ListItem]) -> str:
        return "".join(f"<li>{self._box(item)}{self._inner(item.blocks)}</li>\n" for item in items)

    def _box(self, item: ListItem) -> str:
        if item.done is None:
            return ""
        wording = self.words.wording
        label, sign = (wording.done, "×") if item.done else (wording.to_do, "")
        return f'<span class="box" role="img" aria-label="{escape(label)}">{sign}</span>'

    def _inner(self, blocks: Blocks) -> str:
        """Write the content of an entry or a cell; its first paragraph needs no element."""
        if blocks and isinstance(blocks[0], Paragraph):
            return self.line(blocks[0].children) + self._blocks(blocks[1:])
        return self._blocks(blocks)

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
        direction = first_strong(text)
        if direction is None or direction is self._document.direction:
            return ""
        return f' dir="{direction}"'

    # ------------------------------------------------------------ within a line

    def line(self, nodes: Inlines) -> str:
        """Write what stands within a line."""
        return "".join(map(self._inline, nodes))

    def _inline(self, node: Inline) -> str:  # noqa: C901, PLR0911 - a case for each kind
        match node:
            case Text(text):
                return escape(text, quote=False)
            case Emphasis(children):
                return f"<em>{self.line(children)}</em>"
            case Strong(children):
                return f"<strong>{self.line(children)}</strong>"
            case Strikethrough(children):
                return f"<s>{self.line(children)}</s>"
            case Subscript(children):
                return f"<sub>{self.line(children)}</sub>"
            case Superscript(children):
                return f"<sup>{self.line(children)}</sup>"
            case Code(children):
                return f'<code dir="ltr">{self.line(children)}</code>'
            case Link():
                return self._link(node)
            case Image():
                return _image(node)
            case LineBreak():
                return "<br>\n"
            case Span(children, language, direction):
                return f"<span{_locale(language, direction)}>{self.line(children)}</span>"
            case FootnoteMark(number):
                return self._footnote_mark(number)

    def _link(self, link: Link) -> str:
        html = f'<a href="{escape(link.address)}">{self.line(link.children)}</a>'
        said = is_spelled_out(plain(link.children), link.address)
        if link.is_internal or said or self._choice is PrintLinks.NONE:
            return html
        return html + self._link_mark(link.address)

    def _link_mark(self, address: str) -> str:
        known = len(self._links)
        number = self._links.number(address)
        identifier = f' id="link-mark-{number}"' if number > known else ""
        label = escape(self.words.wording.link.format(number=number))
        return (
            f'<sup><a{identifier} href="#link-{number}" aria-label="{label}">[{number}]</a></sup>'
        )

    def _footnote_mark(self, number: int) -> str:
        self._marks[number] += 1
        mark = f'id="note-mark-{number}-{self._marks[number]}" href="#note-{number}"'
        label = escape(self.words.wording.note.format(number=number))
        return f'<sup><a {mark} aria-label="{label}">{number}</a></sup>'


def _image(image: Image) -> str:
    width = f' width="{image.width}"' if image.width else ""
    height = f' height="{image.height}"' if image.height else ""
    return f'<img src="{escape(image.address)}" alt="{escape(image.description)}"{width}{height}>'


def _locale(language: str | None, direction: str | None) -> str:
    lang = f' lang="{escape(language)}"' if language else ""
    return lang + (f' dir="{direction}"' if direction else "")
