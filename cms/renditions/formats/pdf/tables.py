"""Writes tables as data: how wide each column is, or, without the room, row by row."""

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Any

from ...document.blocks import Blocks, Cell, Row, Table
from ...document.flatten import lines_of, plain
from ...document.inlines import FootnoteMark, Image, Inlines, Link
from .apparatus import Apparatus
from .breaks import ems
from .bulk import FIELD
from .columns import PADDING, Rows, extents_of, lines_in, lines_of_cell, widths_of
from .grid import Placed, filled, width_of

_SAMPLE = 300  # rows are measured
_TITLES = 0.4  # of the line, at most, for the titles of fields that stand row by row
_SIZES, _SIZES_OF_LARGE = (0.9, 0.78), (1.0,)
"""Of the size of the text: the first in which all words have room is taken."""


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
        extents = extents_of([*head, *body[:_SAMPLE]], count)
        for share in _SIZES if self._apparatus.materials.sheet.is_normal else _SIZES_OF_LARGE:
            widths = widths_of(extents, share * self._apparatus.size, self._apparatus.room)
            if widths:
                return self._columns(table, head, body, widths, share)
        return self._records(table)

    def _columns(
        self, table: Table, head: Rows, body: Rows, widths: list[float], share: float
    ) -> dict[str, Any]:
        size = share * self._apparatus.size
        return {
            "kind": "table",
            "size": share,
            "caption": self._line(table.caption),
            "columns": widths,
            "head": [self._row(row, widths, size) for row in head],
            "body": [self._row(row, widths, size) for row in body],
            # What is repeated is no content, and nothing that is no content may lead anywhere.
            "repeat": not any(_leads_away(cell) for row in table.head for cell in row),
            "short": self._apparatus.materials.sheet.is_short(
                size * sum(lines_in(row, widths, size) for row in (*head, *body))
            ),
        }

    def _row(self, row: Sequence[Placed], widths: list[float], size: float) -> list[dict[str, Any]]:
        return [
            self._cell(cell, sum(widths[column : column + cell.columns]) - PADDING * size)
            for column, cell in row
        ]

    def _cell(self, cell: Cell, room: float) -> dict[str, Any]:
        with self._apparatus.narrowed(room):
            blocks = self._flow(cell.blocks)
        return {
            "line": _only_line(blocks),
            "blocks": blocks,
            "head": cell.is_header,
            "columns": cell.columns,
            "rows": cell.rows,
            "align": str(cell.alignment) if cell.alignment else None,
        }

    # ------------------------------------------------------------ row by row

    def _records(self, table: Table) -> dict[str, Any]:
        apparatus, titles = self._apparatus, [_title(cell) for cell in (table.head or ((),))[0]]
        width = self._width_of(titles) if apparatus.materials.sheet.is_normal else 0.0
        with apparatus.narrowed(apparatus.room - width):
            return {
                "kind": "records",
                "caption": self._line(table.caption),
                "titles": width,
                "records": [self._record(row, titles) for row in table.body],
            }

    def _width_of(self, titles: list[Inlines]) -> float:
        """Give how wide the titles of fields are, in points; they stand before the fields."""
        widest = max((ems(plain(title)) + PADDING for title in titles), default=0.0)
        return min(widest * self._apparatus.size, self._apparatus.room * _TITLES)

    def _record(self, row: Row, titles: list[Inlines]) -> dict[str, Any]:
        sheet = self._apparatus.materials.sheet
        pairs = [pair for pair in zip_longest(titles[: len(row)], row) if pair[1] is not None]
        return {
            "short": sheet.is_short(self._height_of(row, 0 if sheet.is_normal else 1)),
            "fields": [
                {"title": self._line(title or ()), "blocks": self._flow(cell.blocks)}
                for title, cell in pairs
            ],
        }

    def _height_of(self, row: Row, lines_of_title: int) -> float:
        """Add up the sizes of a record's lines, in points."""
        size = self._apparatus.size
        room = self._apparatus.room / size
        return size * sum(lines_of_title + lines_of_cell(cell, room) for cell in row)


def _title(cell: Cell) -> Inlines:
    return next(iter(lines_of(cell.blocks)), ())


def _leads_away(cell: Cell) -> bool:
    waiting: list[Any] = [node for line in lines_of(cell.blocks) for node in line]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Link | FootnoteMark | Image):
            return True
        waiting += getattr(node, "children", ())
    return False


def _only_line(blocks: list[dict[str, Any]]) -> list[Any] | None:
    is_line = len(blocks) == 1 and blocks[0].keys() <= {"kind", "line", "manner"}
    return blocks[0].get("line") if is_line else None
