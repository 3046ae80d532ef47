"""Plain text in lines of 72 columns; addresses are numbered and stand at the end."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

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
    Row,
    Rule,
    Table,
)
from ...document.document import Comment, Document
from ...document.flatten import one_line, plain
from ...document.inlines import (
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Strikethrough,
    Text,
)
from ...document.shortfalls import Shortfalls
from ...wording.wording import same_day, wording_for
from ..format import Output
from ..images import with_images
from ..links import Links, is_spelled_out
from ..options import PrintImages, PrintLinks, RenditionOptions
from ..outline import Outline
from .columns import width, wrap
from .tables import table_lines

COLUMNS = 72
_NARROWEST = 24
_LISTS = (BulletList, NumberedList)
_UNDERLINES = {1: "=", 2: "-"}


@dataclass(frozen=True, slots=True)
class PlainText:
    """Writes plain text; images are their descriptions, and addresses stand at the end."""

    name: str = "TEXT"
    media_type: str = "text/plain; charset=utf-8"
    extension: str = "txt"
    version: int = 1
    heeds: frozenset[str] = frozenset({"links", "images", "comments"})
    unavailable: str | None = None

    def render(self, document: Document, options: RenditionOptions) -> Output:
        """Write the document as plain text."""
        shortfalls = Shortfalls()
        is_without = options.images is PrintImages.NONE
        choice = PrintImages.NONE if is_without else PrintImages.DESCRIPTIONS
        writer = _Writer(with_images(document, choice), options.links, shortfalls)
        parts = ("\n".join(lines) for lines in writer.parts() if lines)
        return Output(("\n\n".join(parts) + "\n").encode(), shortfalls.warnings)


class _Writer:
    def __init__(self, document: Document, links: PrintLinks, shortfalls: Shortfalls) -> None:
        self._document = document
        self._shortfalls = shortfalls
        self._links = None if links is PrintLinks.NONE else Links()
        self._wording = wording_for(document.language)
        self._outline = Outline()

    def parts(self) -> Iterator[list[str]]:
        document = self._document
        yield _underlined(document.title, "=", COLUMNS)
        yield [line for fact in self._facts() for line in wrap(fact, COLUMNS)]
        yield self._blocks(document.blocks, COLUMNS)
        yield from self._notes()
        yield from self._discussion()
        if self._links:
            yield _underlined(self._wording.links, "-", COLUMNS)
            yield [f"[{number}] {address}" for number, address in self._links.numbered]

    def _facts(self) -> Iterable[str]:
        document, wording = self._document, self._wording
        if document.byline:
            yield wording.by.format(names=", ".join(document.byline))
        yield wording.published.format(date=wording.day(document.published_at))
        if not same_day(document.published_at, document.updated_at):
            yield wording.updated.format(date=wording.day(document.updated_at))
        if document.categories:
            yield f"{wording.categories}: {', '.join(document.categories)}"
        yield document.site_title
        yield document.address

    def _notes(self) -> Iterator[list[str]]:
        if self._document.footnotes:
            yield _underlined(self._wording.notes, "-", COLUMNS)
        for note in self._document.footnotes:
            mark = f"{note.number}. "
            yield _hanging(mark, self._blocks(note.blocks, COLUMNS - len(mark)))

    def _discussion(self) -> Iterator[list[str]]:
        discussion = self._document.discussion
        if discussion is None or not (discussion.comments or discussion.left_out):
            return
        title = self._wording.comments.format(count=discussion.count)
        yield _underlined(title, "-", COLUMNS)
        for comment in discussion.comments:
            yield self._comment(comment, COLUMNS)
        if discussion.left_out:
            address = self._document.address
            text = self._wording.left_out.format(count=discussion.left_out, address=address)
            yield wrap(text, COLUMNS)

    def _comment(self, comment: Comment, columns: int) -> list[str]:
        date = self._wording.day(comment.submitted_at)
        if comment.is_removed:
            lines = wrap(f"{date}: {self._wording.removed}", columns)
        else:
            lines = [*wrap(f"{comment.name}, {date}", columns), ""]
            lines += self._blocks(comment.blocks, columns)
        for reply in comment.replies:
            lines += ["", *_hanging("    ", self._comment(reply, columns - 4))]
        return lines

    def _blocks(self, blocks: Blocks, columns: int) -> list[str]:
        lines: list[str] = []
        for block in blocks:
            lines += [""] if lines else []
            lines += self._block(block, max(columns, _NARROWEST))
        return lines

    def _block(self, block: Block, columns: int) -> list[str]:  # noqa: C901, PLR0911 - a case for each kind
        match block:
            case Paragraph(children):
                return wrap(self._line(children), columns)
            case Heading(level, children):
                sign = _UNDERLINES.get(self._outline.level(level), ".")
                return _underlined(self._line(children), sign, columns)
            case BulletList(items):
                return self._items((("- ", item) for item in items), columns)
            case NumberedList(items, start):
                numbered = ((f"{n}. ", item) for n, item in enumerate(items, start))
                return self._items(numbered, columns)
            case Quotation(blocks):
                return [f"> {line}".rstrip() for line in self._blocks(blocks, columns - 2)]
            case CodeBlock(text):
                return [f"    {line}".rstrip() for line in text.split("\n")]
            case Table():
                return self._table(block, columns)
            case Figure(blocks, caption):
                lines = self._blocks(blocks, columns)
                return lines + wrap(self._line(caption), columns) if caption else lines
            case Passage(blocks):
                return self._blocks(blocks, columns)
            case Rule():
                return ["* * *".center(columns).rstrip()]

    def _items(self, items: Iterable[tuple[str, ListItem]], columns: int) -> list[str]:
        entries = [self._item(mark, item, columns) for mark, item in items]
        is_tight = all("" not in entry for entry in entries)
        lines: list[str] = []
        for entry in entries:
            lines += [""] if lines and not is_tight else []
            lines += entry
        return lines

    def _item(self, mark: str, item: ListItem, columns: int) -> list[str]:
        mark += "" if item.done is None else "[x] " if item.done else "[ ] "
        columns -= len(mark)
        first, *rest = item.blocks or (Paragraph(()),)
        if isinstance(first, Paragraph) and all(isinstance(block, _LISTS) for block in rest):
            content = self._block(first, columns) + self._blocks(tuple(rest), columns)
            return _hanging(mark, content)
        return _hanging(mark, self._blocks(item.blocks, columns))

    def _table(self, table: Table, columns: int) -> list[str]:
        caption = [*wrap(self._line(table.caption), columns), ""] if table.caption else []
        head, body = ([self._row(row) for row in rows] for rows in (table.head, table.body))
        return caption + table_lines(head, body, columns)

    def _row(self, row: Row) -> list[str]:
        cells: list[str] = []
        for cell in row:
            if cell.columns > 1 or cell.rows > 1:
                self._shortfalls.note("A table's cell that spans others is set beside empty ones.")
            cells += [self._line(one_line(cell.blocks)), *[""] * (cell.columns - 1)]
        return cells

    def _line(self, nodes: Inlines) -> str:
        return "".join(map(self._inline, nodes))

    def _inline(self, node: Inline) -> str:
        match node:
            case Text(text):
                return text
            case Image(description=description):
                return description
            case LineBreak():
                return "\n"
            case FootnoteMark(number):
                return f"[{self._wording.note.format(number=number)}]"
            case Link():
                return self._line(node.children) + self._link_mark(node)
            case Strikethrough():
                self._shortfalls.note("Text that is struck through looks like the rest.")
        return self._line(node.children)

    def _link_mark(self, link: Link) -> str:
        said = is_spelled_out(plain(link.children), link.address)
        if self._links is None or link.is_internal or said:
            return ""
        return f" [{self._links.number(link.address)}]"


def _underlined(text: str, sign: str, columns: int) -> list[str]:
    lines = wrap(text, columns)
    return [*lines, sign * min(max(map(width, lines)), columns)]


def _hanging(mark: str, lines: list[str]) -> list[str]:
    rest = [f"{' ' * len(mark)}{line}".rstrip() for line in lines[1:]]
    return [f"{mark}{lines[0] if lines else ''}".rstrip(), *rest]
