"""Markdown: title, byline, dates and address, then the post written from the tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from textwrap import indent

from ...document.blocks import (
    Alignment,
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
from ...document.document import Comment, Document, Footnote
from ...document.flatten import one_line
from ...document.inlines import Inlines, Text
from ...document.shortfalls import Shortfalls
from ...wording.wording import same_day, wording_for
from ..format import Output
from ..images import with_images
from ..options import RenditionOptions
from ..outline import Outline
from .line import line_markdown, longest_run, paragraph_markdown

_DELIMITERS = {
    None: "---",
    Alignment.LEFT: ":--",
    Alignment.CENTER: ":-:",
    Alignment.RIGHT: "--:",
}
_LISTS = (BulletList, NumberedList)


@dataclass(frozen=True, slots=True)
class Markdown:
    """Writes Markdown; links stand where they are in the text."""

    name: str = "MARKDOWN"
    media_type: str = "text/markdown; charset=utf-8"
    extension: str = "md"
    version: int = 1
    heeds: frozenset[str] = frozenset({"images", "comments"})
    unavailable: str | None = None

    def render(self, document: Document, options: RenditionOptions) -> Output:
        """Write the document as Markdown."""
        shortfalls = Shortfalls()
        document = with_images(document, options.images)
        parts = _Writer(document, shortfalls).parts()
        text = "\n\n".join(filter(None, parts)) + "\n"
        return Output(text.encode(), shortfalls.warnings)


class _Writer:
    def __init__(self, document: Document, shortfalls: Shortfalls) -> None:
        self._document = document
        self._shortfalls = shortfalls
        self._wording = wording_for(document.language)
        self._outline = Outline()

    def parts(self) -> Iterable[str]:
        yield f"# {self._text(self._document.title)}"
        yield "\\\n".join(self._facts())
        yield self._blocks(self._document.blocks)
        yield from self._discussion()
        yield from map(self._footnote, self._document.footnotes)

    def _facts(self) -> Iterable[str]:
        document, wording = self._document, self._wording
        if document.byline:
            yield self._text(wording.by.format(names=", ".join(document.byline)))
        yield wording.published.format(date=wording.day(document.published_at))
        if not same_day(document.published_at, document.updated_at):
            yield wording.updated.format(date=wording.day(document.updated_at))
        if document.categories:
            yield self._text(f"{wording.categories}: {', '.join(document.categories)}")
        yield f"{self._text(document.site_title)}: <{document.address}>"

    def _discussion(self) -> Iterable[str]:
        discussion = self._document.discussion
        if discussion is None or not (discussion.comments or discussion.left_out):
            return
        yield "## " + self._text(self._wording.comments.format(count=discussion.count))
        yield from map(self._comment, discussion.comments)
        if discussion.left_out:
            yield self._wording.left_out.format(
                count=discussion.left_out, address=f"<{self._document.address}>"
            )

    def _comment(self, comment: Comment) -> str:
        date = self._wording.day(comment.submitted_at)
        if comment.is_removed:
            parts = [date, f"*{self._wording.removed}*"]
        else:
            parts = [f"**{self._text(comment.name)}** · {date}", self._blocks(comment.blocks)]
        parts += [_quoted(self._comment(reply)) for reply in comment.replies]
        return "\n\n".join(filter(None, parts))

    def _footnote(self, note: Footnote) -> str:
        return _hanging(f"[^{note.number}]: ", self._blocks(note.blocks), width=4)

    def _blocks(self, blocks: Blocks) -> str:
        written: list[str] = []
        other = False
        previous: Block | None = None
        for block in blocks:
            # Two lists in a row need different marks, or they would be one.
            other = isinstance(block, _LISTS) and type(previous) is type(block) and not other
            written.append(self._block(block, other_mark=other))
            previous = block
        return "\n\n".join(filter(None, written))

    def _block(self, block: Block, *, other_mark: bool = False) -> str:  # noqa: C901, PLR0911 - a case for each kind
        match block:
            case Paragraph(children):
                return paragraph_markdown(children, self._document.address)
            case Heading(level, children):
                return f"{'#' * self._outline.level(level)} {self._line(children)}"
            case BulletList(items):
                mark = "* " if other_mark else "- "
                return _list((mark, self._item(item)) for item in items)
            case NumberedList(items, start):
                mark = ") " if other_mark else ". "
                numbered = enumerate(items, start)
                return _list((f"{number}{mark}", self._item(item)) for number, item in numbered)
            case Quotation(blocks):
                return _quoted(self._blocks(blocks))
            case CodeBlock(text, language):
                fence = "`" * max(3, longest_run(text) + 1)
                return f"{fence}{language or ''}\n{text}\n{fence}"
            case Table():
                return self._table(block)
            case Figure(blocks, caption):
                words = f"*{self._line(caption, mark='_')}*" if caption else ""
                return "\n\n".join(filter(None, (self._blocks(blocks), words)))
            case Passage(blocks):
                self._shortfalls.note("Markdown does not say which language a passage is in.")
                return self._blocks(blocks)
            case Rule():
                return "***"

    def _item(self, item: ListItem) -> str:
        box = "" if item.done is None else "[x] " if item.done else "[ ] "
        first, *rest = item.blocks or (Paragraph(()),)
        if rest and isinstance(first, Paragraph) and all(isinstance(b, _LISTS) for b in rest):
            return f"{box}{self._block(first)}\n{self._blocks(tuple(rest))}"
        return box + self._blocks(item.blocks)

    def _table(self, table: Table) -> str:
        rows = [self._row(row) for row in (*table.head, *table.body)]
        head = rows.pop(0) if table.head else []
        columns = max(map(len, (head, *rows)))
        sides = [_DELIMITERS[cell.alignment] for cell in (table.head or table.body)[0]]
        lines = [_padded(head, columns, ""), _padded(sides, columns, "---"), *rows]
        written = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        caption = f"*{self._line(table.caption, mark='_')}*" if table.caption else ""
        return "\n\n".join(filter(None, (caption, written)))

    def _row(self, row: Row) -> list[str]:
        return [text for cell in row for text in self._cell(cell)]

    def _cell(self, cell: Cell) -> list[str]:
        if cell.columns > 1 or cell.rows > 1:
            self._shortfalls.note("A table's cell that spans others is set beside empty ones.")
        if not all(isinstance(block, Paragraph) for block in cell.blocks):
            self._shortfalls.note("A table's cell that holds more than words is set in lines.")
        content = one_line(cell.blocks)
        return [self._line(content, line_break="<br>"), *[""] * (cell.columns - 1)]

    def _line(self, nodes: Inlines, line_break: str = " ", mark: str = "*") -> str:
        return line_markdown(nodes, self._document.address, line_break, mark)

    def _text(self, text: str) -> str:
        return self._line((Text(text),))


def _list(entries: Iterable[tuple[str, str]]) -> str:
    written = [_hanging(mark, content, width=len(mark)) for mark, content in entries]
    is_tight = not any("\n\n" in entry for entry in written)
    return ("\n" if is_tight else "\n\n").join(written)


def _hanging(mark: str, content: str, width: int) -> str:
    return (mark + indent(content, " " * width).lstrip(" ")).rstrip(" ")


def _quoted(content: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in content.split("\n"))


def _padded(cells: list[str], columns: int, filler: str) -> list[str]:
    return cells + [filler] * (columns - len(cells))
