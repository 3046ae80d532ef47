"""How wide the columns of a table are, and how many lines its rows take then."""

from collections.abc import Sequence
from typing import TypeAlias

from ...document.blocks import Cell
from ...document.flatten import lines_of, plain
from .breaks import ems
from .grid import Placed

Rows: TypeAlias = Sequence[Sequence[Placed]]
Extents: TypeAlias = tuple[list[float], list[float]]
"""Of each column its longest line and its longest word."""

PADDING = 1.0
"""Of the size of the table's text: what each column takes beside its words."""

_NARROWEST, _WIDEST = 2.0, 30.0  # what a column asks for, likewise, at least and at most
_LINE = 0.88  # lines are narrower than estimated, letter by letter; words may be as wide


def extents_of(rows: Rows, count: int) -> Extents:
    """Give what each column asks for, for its longest line and its longest word, in ems."""
    wants, needs = [0.0] * count, [0.0] * count
    for row in rows:
        for column, cell in row:
            line, word = _extent(cell)
            wants[column] = max(wants[column], line + PADDING)
            needs[column] = max(needs[column], word + PADDING)
    return wants, needs


def widths_of(extents: Extents, size: float, room: float) -> list[float] | None:
    """Share the room out, in points; None where words would have to be cut.

    Who asks for little gets it; what is left is shared evenly among the others, as far as the
    longest word of each allows.
    """
    wants, needs = ([extent * size for extent in each] for each in extents)
    if sum(needs) > room:
        return None
    widths = list(needs)
    left = room - sum(needs)
    waiting = sorted(range(len(wants)), key=lambda column: wants[column] - needs[column])
    for place, column in enumerate(waiting):
        more = min(wants[column] - needs[column], left / (len(waiting) - place))
        widths[column] += more
        left -= more
    return widths


def lines_in(row: Sequence[Placed], widths: list[float], size: float) -> float:
    """Estimate how many lines the highest cell of a row takes."""
    return max((lines_of_cell(cell, widths[column] / size) for column, cell in row), default=1)


def lines_of_cell(cell: Cell, room: float) -> int:
    """Estimate how many lines a cell takes in so much room, in ems."""
    return sum(1 + int(ems(plain(line)) / room) for line in lines_of(cell.blocks))


def _extent(cell: Cell) -> tuple[float, float]:
    """Give how wide the longest line is and the longest word, for each column it spans, in ems."""
    lines = [plain(line) for line in lines_of(cell.blocks)]
    longest_line = _LINE * max(map(ems, lines), default=0) / cell.columns
    longest_word = max((ems(word) for line in lines for word in line.split()), default=0)
    word = max(longest_word / cell.columns, _NARROWEST)
    return min(max(longest_line, word), max(_WIDEST, word)), word
