"""Tables in plain text: columns side by side where there is room, or else row by row."""

from collections.abc import Iterable, Sequence
from itertools import chain, repeat, zip_longest

from .columns import pad, width, wrap

_GAP = "  "
_NARROWEST = 12
Grid = Sequence[Sequence[str]]


def table_lines(head: Grid, body: Grid, columns: int) -> list[str]:
    """Set a table in at most so many columns, if words allow."""
    widths = _widths([*head, *body], columns)
    if not widths:
        return _records(head, body, columns)
    rule = _GAP.join("-" * width_ for width_ in widths)
    lines = [line for row in head for line in _row(row, widths)]
    lines += [rule] if head else []
    return lines + [line for row in body for line in _row(row, widths)]


def _widths(rows: Grid, columns: int) -> list[int]:
    """Share the room out: every column has what it needs, or an equal part of what is left.

    Empty where parts would be too narrow to read.
    """
    if max(map(len, rows)) > columns // (len(_GAP) + 1):
        return []
    needed = [max(map(_needed, column)) for column in zip_longest(*rows, fillvalue="")]
    room = columns - len(_GAP) * (len(needed) - 1)
    widths = [0] * len(needed)
    waiting = sorted(range(len(needed)), key=needed.__getitem__)
    while waiting:
        share = room // len(waiting)
        column = waiting.pop(0)
        widths[column] = min(needed[column], share)
        if widths[column] < min(needed[column], _NARROWEST):
            return []
        room -= widths[column]
    return widths


def _needed(text: str) -> int:
    return max(map(width, text.split("\n")))


def _row(row: Sequence[str], widths: Sequence[int]) -> Iterable[str]:
    cells = [wrap(text, columns) for text, columns in zip(row, widths, strict=False)]
    for parts in zip_longest(*cells, fillvalue=""):
        padded = (pad(part, columns) for part, columns in zip(parts, widths, strict=False))
        yield _GAP.join(padded).rstrip()


def _records(head: Grid, body: Grid, columns: int) -> list[str]:
    titles = head[0] if head else ()
    lines: list[str] = []
    for row in body:
        lines += [""] if lines else []
        for title, text in zip(chain(titles, repeat("")), row, strict=False):
            lines += wrap(f"{title}: {text}" if title else text, columns)
    return lines
