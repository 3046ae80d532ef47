"""The benchmark, as a command: `make bench`, or `python -m benchmarks --help` in `tests`."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import click

from .comparison import Effort, compare
from .corpus import Size
from .growth import LONGEST_THREAD, measure_growth
from .paper import POSTS, measure_paper
from .printing import measure_printing
from .processes import TESTS
from .report import Ratio, measures_table, ratios_table
from .stores import SQLiteStore, Store, postgresql_store

_FOLDER = TESTS.parent / "var" / "bench"
_QUICK_SIZE = Size(posts=300, comments=2_000)
_QUICK_POSTS = 2
_QUICK_EFFORT = Effort(seconds=1, requests=0)


@click.command()
@click.option("--database", type=click.Choice(["sqlite", "postgresql", "both"]), default="both")
@click.option("--seconds", default=8.0, help="How long each workload is sent.")
@click.option("--growth", is_flag=True, help="Instead, measure what ten times the content costs.")
@click.option("--printing", is_flag=True, help="Instead, measure what readers feel of PDFs.")
@click.option("--paper", is_flag=True, help="Instead, measure what a PDF costs by itself.")
@click.option("--quick", is_flag=True, help="A tiny corpus and a second each: do the parts fit?")
@click.option("--folder", type=click.Path(path_type=Path), default=_FOLDER, help="Keeps corpora.")
def main(
    database: str,
    seconds: float,
    folder: Path,
    *,
    growth: bool,
    printing: bool,
    paper: bool,
    quick: bool,
) -> None:
    """Measure Pressroom against the usual way and against a bare server, and print the ratios.

    Times are CPU time for each request, the steadier figure on a machine with other work; ratios
    are those of one run.
    """
    if paper:
        for line in ratios_table(measure_paper(_QUICK_POSTS if quick else POSTS)):
            click.echo(line)
        return
    with ExitStack() as stack:
        for store in _stores(database, folder, stack):
            click.echo(f"\n{store.name}\n")
            if printing:
                for line in ratios_table(_printing(store, quick=quick)):
                    click.echo(line)
                continue
            if growth:
                size = Size(longest_thread=LONGEST_THREAD)
                measures, ratios = measure_growth(store, size, seconds)
            else:
                size = _QUICK_SIZE if quick else Size()
                effort = _QUICK_EFFORT if quick else Effort(seconds)
                comparison = compare(store, size, effort)
                measures, ratios = comparison.measures(), comparison.ratios()
            for line in (*measures_table(measures), "", *ratios_table(ratios)):
                click.echo(line)


def _printing(store: Store, *, quick: bool) -> Sequence[Ratio]:
    if quick:
        return measure_printing(store, _QUICK_SIZE, rounds=1, pdfs=20)
    return measure_printing(store, Size())


def _stores(database: str, folder: Path, stack: ExitStack) -> Iterator[Store]:
    if database != "postgresql":
        yield SQLiteStore(folder)
    if database != "sqlite":
        yield stack.enter_context(postgresql_store(folder))


if __name__ == "__main__":
    main()
