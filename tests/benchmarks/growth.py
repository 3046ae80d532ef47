"""Growth: what ten times the content, deep pages and long threads cost."""

from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial

from . import operations
from .corpus import Size
from .measures import ROUNDS, Measure, measure, take_turns, touch
from .operations import Workload
from .processes import ANEW, Server, serving
from .report import Ratio
from .stores import Store

FACTOR = 10
LONGEST_THREAD = 10_000
_PAGE_1000 = 9_990


def measure_growth(
    store: Store, size: Size, seconds: float
) -> tuple[list[tuple[str, Measure]], list[Ratio]]:
    """Measure a site and one with ten times its content; give the measures and their ratios."""
    small, large = _measures(store, (size, size.times(FACTOR)), seconds)
    ratios = [
        Ratio(
            f"{name}, ten times the content over once",
            large[name].total_us / small[name].total_us,
            "≤ 1.2",
        )
        for name in ("front", "article", "archive")
    ]
    pages = small["page 1,000"].total_us / small["page 1"].total_us
    threads = small["thread of 10,000"].total_us / small["thread of 10"].total_us
    ratios.append(Ratio("page 1,000 over page 1", pages, "≤ 1.1"))
    ratios.append(Ratio("first replies in a thread of 10,000 over one of 10", threads))
    named = [("once", each) for each in small.values()]
    return [*named, *(("ten times", each) for each in large.values())], ratios


def _measures(store: Store, sizes: Sequence[Size], seconds: float) -> list[dict[str, Measure]]:
    """Measure sites of several sizes, each workload on one after the other."""
    urls = [store.filled(size) for size in sizes]
    with ExitStack() as stack:
        sites = [
            stack.enter_context(
                serving("pressroom", url, database_pid=store.server_pid, environment=ANEW)
            )
            for url in urls
        ]
        found = take_turns(
            {
                (site, each.name): partial(_measured, site, each, seconds / ROUNDS)
                for workloads in zip(*map(_workloads, sites, sizes), strict=True)
                for site, each in zip(sites, workloads, strict=True)
            }
        )
    return [{name: each for (at, name), each in found.items() if at == site} for site in sites]


def _measured(site: Server, workload: Workload, seconds: float) -> Measure:
    touch(site, workload)
    return measure(site, workload, seconds)


def _workloads(server: Server, size: Size) -> list[Workload]:
    return [
        operations.front(server.ask),
        operations.article(server.ask, size.posts),
        operations.archive(server.ask),
        # Both pages begin behind a cursor, so that their operations have the same shape.
        operations.page(server.ask, "page 1", behind=1),
        operations.page(server.ask, "page 1,000", behind=_PAGE_1000),
        operations.thread("thread of 10", "post-2"),
        operations.thread("thread of 10,000", "post-1"),
    ]
