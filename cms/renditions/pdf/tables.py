"""Writes tables as data: how wide each column is, or, without the room, row by row."""

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any

from ..document import Blocks, Cell, FootnoteMark, Image, Inlines, Link, Row, Table
from ..flatten import lines_of, plain
from .apparatus import Apparatus
from .breaks import ems
from .bulk import FIELD
from .grid import Placed, filled, width_of

_SHORT = 600  # letters: a table of no more is not broken between pages
_FEW = 10  # rows, likewise
_SAMPLE = 300  # rows are measured
_PADDING = 1.0  # of the size of the text, for each column
_NARROWEST, _WIDEST = 2.0, 30.0  # what a column asks for, likewise, at least and at most


class TableWriter:
    """Writes tables; cells are written by `flow`, captions by `line`."""

    def __init__(
        self,
        apparatus: Apparatus,
        flow: Callable[[Blocks], list[Any]],
        line: Callable[[Inlines], list[Any]],
    ) -> None:
        self._apparatus = apparatus
        self._flow = flow
        self._line = line

    def table(self, table: Table) -> dict[str, Any]:
        """Write a table: in columns where their longest words have room."""
        self._apparatus.materials.bulk.add(FIELD * sum(map(len, (*table.head, *table.body))))
        count = width_of([*table.head, *table.body])
        head, body = filled(table.head, count), filled(table.body, count)
        widths = self._widths([*head, *body[:_SAMPLE]], count)
        if widths is None:
            return self._records(table)
        return {
            "kind": "table",
            "caption": self._line(table.caption),
            "columns": widths,
            "head": [self._row(row, widths) for row in head],
            "body": [self._row(row, widths) for row in body],
            # What is repeated is no content, and nothing that is no content may lead anywhere.
            "repeat": not any(_leads_away(cell) for row in table.head for cell in row),
            "short": len(table.body) <= _FEW and _letters(table.body) <= _SHORT,
        }

    def _row(self, row: Sequence[Placed], widths: list[float]) -> list[dict[str, Any]]:
        return [
            self._cell(cell, sum(widths[column : column + cell.columns])) for column, cell in row
        ]

    def _cell(self, cell: Cell, width: float) -> dict[str, Any]:
        with self._apparatus.narrowed(width - _PADDING * self._apparatus.size):
            blocks = self._flow(cell.blocks)
        return {
            "line": _only_line(blocks),
            "blocks": blocks,
            "head": cell.is_header,
            "columns": cell.columns,
            "rows": cell.rows,
            "align": str(cell.alignment) if cell.alignment else None,
        }

    # ------------------------------------------------------------ widths

    def _widths(self, rows: Sequence[Sequence[Placed]], count: int) -> list[float] | None:
        """Share the room out, in points; None where words would have to be cut.

        Each column has what its longest word needs, and a part of the rest by what its longest
        line asks for.
        """
        size = self._apparatus.size
        needs, wants = [0.0] * count, [0.0] * count
        for row in rows:
            for column, cell in row:
                line, word = _extent(cell)
                needs[column] = max(needs[column], (word + _PADDING) * size)
                wants[column] = max(wants[column], (line + _PADDING) * size)
        room = self._apparatus.room
        if sum(wants) <= room:
            return wants
        if sum(needs) > room:
            return None
        slack = sum(wants) - sum(needs)
        part = (room - sum(needs)) / slack
        return [need + (want - need) * part for need, want in zip(needs, wants, strict=True)]

    # ------------------------------------------------------------ row by row

    def _records(self, table: Table) -> dict[str, Any]:
        titles = [self._line_of(cell) for cell in table.head[0]] if table.head else []
        return {
            "kind": "records",
            "caption": self._line(table.caption),
            "records": [self._record(row, titles) for row in table.body],
        }

    def _record(self, row: Row, titles: list[list[Any]]) -> list[dict[str, Any]]:
        pairs = zip_longest(titles[: len(row)], row)
        return [
            {"title": title, "blocks": self._flow(cell.blocks)}
            for title, cell in pairs
            if cell is not None
        ]

    def _line_of(self, cell: Cell) -> list[Any]:
        line = next(iter(lines_of(cell.blocks)), ())
        return self._line(line)


def _leads_away(cell: Cell) -> bool:
    waiting: list[Any] = [node for line in lines_of(cell.blocks) for node in line]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Link | FootnoteMark | Image):
            return True
        waiting += getattr(node, "children", ())
    return False


def _only_line(blocks: list[dict[str, Any]]) -> list[Any] | None:
    is_line = len(blocks) == 1 and blocks[0].keys() == {"kind", "line"}
    return blocks[0]["line"] if is_line else None


def _extent(cell: Cell) -> tuple[float, float]:
    """Give how wide the longest line is and the longest word, for each column it spans, in ems."""
    lines = [plain(line) for line in lines_of(cell.blocks)]
    longest_line = max(map(ems, lines), default=0) / cell.columns
    longest_word = max((ems(word) for line in lines for word in line.split()), default=0)
    word = max(longest_word / cell.columns, _NARROWEST)
    return min(max(longest_line, word), max(_WIDEST, word)), word


def _letters(rows: Sequence[Row]) -> int:
    return sum(len(plain(line)) for row in rows for cell in row for line in lines_of(cell.blocks))
