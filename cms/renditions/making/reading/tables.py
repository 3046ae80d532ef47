"""Reads tables."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from ....text.tree import Element
from ...document.blocks import Block, Blocks, Cell, Passage, Row, Table
from ...document.inlines import Inlines
from .line import Wrap
from .markup import alignment_of, locale_of, natural

_WIDEST_SPAN = 100
_PARTS = frozenset({"caption", "colgroup", "col", "thead", "tbody", "tfoot", "tr"})
_CELLS = frozenset({"td", "th"})

Nodes = Iterable[Element | str]


class TableReader:
    """Turns table elements into tables; cells are read by `blocks`, captions by `inlines`."""

    def __init__(
        self,
        blocks: Callable[[Nodes, Sequence[Wrap]], Blocks],
        inlines: Callable[[Nodes, Sequence[Wrap]], Inlines],
    ) -> None:
        self._blocks = blocks
        self._inlines = inlines

    def read(self, element: Element, wraps: Sequence[Wrap]) -> Iterable[Block]:
        """Read a table; what stands in it outside its cells comes before it, as in browsers."""
        yield from self._blocks(_strays(element, _PARTS), wraps)
        head: list[Row] = []
        body: list[Row] = []
        for part, row in _rows(element):
            yield from self._blocks(_strays(row, _CELLS), wraps)
            cells = tuple(self._cell(cell, wraps) for cell in row.elements if cell.name in _CELLS)
            is_head = part == "thead" or (not body and all(cell.is_header for cell in cells))
            if cells:
                (head if is_head else body).append(cells)
        captions = [child for child in element.elements if child.name == "caption"]
        yield from _table(head, body, self._inlines(captions, wraps))

    def _cell(self, cell: Element, wraps: Sequence[Wrap]) -> Cell:
        blocks = self._blocks(cell.children, wraps)
        language, direction = locale_of(cell)
        if blocks and (language or direction):
            blocks = (Passage(blocks, language, direction),)
        return Cell(
            blocks,
            is_header=cell.name == "th",
            columns=_span(cell, "colspan"),
            rows=_span(cell, "rowspan"),
            alignment=alignment_of(cell),
        )


def _table(head: list[Row], body: list[Row], caption: Inlines) -> Iterable[Block]:
    if not body:
        # A head alone heads nothing.
        head, body = [], head
    if body:
        yield Table(tuple(head), tuple(body), caption)


def _rows(table: Element) -> Iterator[tuple[str, Element]]:
    for part in table.elements:
        if part.name == "tr":
            yield "tbody", part
        elif part.name in {"thead", "tbody", "tfoot"}:
            yield from ((part.name, row) for row in part.elements if row.name == "tr")


def _strays(parent: Element, expected: frozenset[str]) -> Nodes:
    return [
        child for child in parent.children if isinstance(child, str) or child.name not in expected
    ]


def _span(cell: Element, attribute: str) -> int:
    return min(max(natural(cell, attribute) or 1, 1), _WIDEST_SPAN)
