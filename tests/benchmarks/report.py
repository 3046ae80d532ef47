"""What a run prints: a table of measures, and the ratios that matter beside their aims."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .measures import Measure


@dataclass(frozen=True, slots=True)
class Ratio:
    """A figure that does not depend on the machine, or a size that must not be passed."""

    what: str
    value: float
    aim: str = ""
    """`≥ 100` or `≤ 1.2`; empty where none is set."""

    @property
    def verdict(self) -> str:
        """Tell whether the aim is reached."""
        if not self.aim:
            return ""
        sign, limit = self.aim.split()
        reached = self.value >= float(limit) if sign == "≥" else self.value <= float(limit)
        return "reached" if reached else "missed"


_HEADINGS = ("server", "workload", "req/s", "p50 ms", "p99 ms", "CPU µs", "db µs", "bytes", "MB")


def measures_table(measures: Iterable[tuple[str, Measure]]) -> Iterator[str]:
    """Write measures, each with the name of its server; times are CPU time for each request."""
    rows = [
        (
            server,
            each.name,
            f"{each.rate:,.0f}",
            f"{each.p50_ms:.2f}",
            f"{each.p99_ms:.2f}",
            f"{each.cpu_us:,.0f}",
            f"{each.database_us:,.0f}",
            f"{each.answer_bytes:,.0f}",
            f"{each.resident_mb:,.0f}",
        )
        for server, each in measures
    ]
    return _lines([_HEADINGS, *rows], words=2)


def ratios_table(ratios: Iterable[Ratio]) -> Iterator[str]:
    """Write ratios beside their aims."""
    rows = [(each.what, f"{each.value:,.2f}", each.aim, each.verdict) for each in ratios]
    return _lines([("ratio", "measured", "aim", ""), *rows], words=1)


def _lines(rows: Sequence[Sequence[str]], words: int) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.ljust(width) if place < words else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()
