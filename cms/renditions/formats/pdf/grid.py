"""The cells of a table, each at its place: no hole, no overlap, nothing beyond the edge."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from ...document.blocks import Cell, Row

Placed: TypeAlias = tuple[int, Cell]
"""A cell, and the column in which it begins, from 0."""

_EMPTY = Cell(())


def width_of(rows: Sequence[Row]) -> int:
    """Count the columns that the rows take."""
    widest = 0
    taken: list[int] = []
    for row in rows:
        place = 0
        for cell in row:
            place = _free(taken, place)
            _take(taken, place, cell)
            place += cell.columns
        widest = max(widest, place, len(taken))
        taken = [rows_left - 1 for rows_left in taken]
    return widest


def filled(rows: Sequence[Row], columns: int) -> list[list[Placed]]:
    """Fill every row up to so many columns; spans that meet something, or the end, are cut."""
    taken = [0] * columns
    return [_filled(row, taken, len(rows) - number) for number, row in enumerate(rows)]


def _filled(row: Row, taken: list[int], rows_left: int) -> list[Placed]:
    cells: list[Placed] = []
    waiting = list(reversed(row))
    place = 0
    while place < len(taken):
        if taken[place] == 0:
            cell = waiting.pop() if waiting else _EMPTY
            cell = replace(
                cell, columns=_gap(taken, place, cell.columns), rows=min(cell.rows, rows_left)
            )
            cells.append((place, cell))
            _take(taken, place, cell)
            place += cell.columns
        else:
            place += 1
    taken[:] = [max(left - 1, 0) for left in taken]
    return cells


def _gap(taken: list[int], place: int, wanted: int) -> int:
    end = min(place + wanted, len(taken))
    return next((other for other in range(place, end) if taken[other]), end) - place


def _free(taken: list[int], place: int) -> int:
    while place < len(taken) and taken[place] > 0:
        place += 1
    return place


def _take(taken: list[int], place: int, cell: Cell) -> None:
    taken += [0] * (place + cell.columns - len(taken))
    taken[place : place + cell.columns] = [cell.rows] * cell.columns
