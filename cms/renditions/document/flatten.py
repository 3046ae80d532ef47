"""Blocks brought into lines, where there is no room for more: captions, headings, cells."""

from collections.abc import Iterable, Iterator
from itertools import chain

from .blocks import (
    Block,
    BulletList,
    CodeBlock,
    Figure,
    Heading,
    NumberedList,
    Paragraph,
    Passage,
    Quotation,
    Rule,
    Table,
)
from .inlines import FootnoteMark, Image, Inline, Inlines, LineBreak, Span, Text


def one_line(blocks: Iterable[Block]) -> Inlines:
    """Join the lines of blocks by line breaks."""
    joined: list[Inline] = []
    for line in filter(None, lines_of(blocks)):
        joined += (LineBreak(), *line) if joined else line
    return tuple(joined)


def lines_of(blocks: Iterable[Block]) -> Iterator[Inlines]:
    """Give what stands in blocks, line by line."""
    for block in blocks:
        yield from _lines(block)


def _lines(block: Block) -> Iterable[Inlines]:  # noqa: C901, PLR0911 - a case for each kind of block
    match block:
        case Heading(children=children) | Paragraph(children):
            return (children,)
        case BulletList(items) | NumberedList(items):
            return (line for item in items for line in lines_of(item.blocks))
        case Quotation(blocks):
            return lines_of(blocks)
        case CodeBlock(text):
            return ((Text(line),) for line in text.split("\n"))
        case Table(head, body, caption):
            cells = (cell for row in (*head, *body) for cell in row)
            return chain([caption], (line for cell in cells for line in lines_of(cell.blocks)))
        case Figure(blocks, caption):
            return chain(lines_of(blocks), [caption])
        case Passage(blocks, language, direction):
            return ((Span(line, language, direction),) for line in lines_of(blocks))
        case Rule():
            return ()


def plain(nodes: Inlines) -> str:
    """Give the characters of a line; an image is its description."""
    return "".join(map(_characters, nodes))


def _characters(node: Inline) -> str:
    match node:
        case Text(text):
            return text
        case Image(description=description):
            return description
        case LineBreak():
            return "\n"
        case FootnoteMark():
            return ""
        case _:
            return plain(node.children)
