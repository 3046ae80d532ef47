"""Growth: what ten times the content, deep pages and long threads cost."""

from collections.abc import Sequence
from contextlib import ExitStack

from . import operations
from .corpus import Size
from .measures import ROUNDS, Measure, measure, median_of, touch
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
    """Measure sites of several sizes, which take turns."""
    pid = store.server_pid
    urls = [store.filled(size) for size in sizes]
    with ExitStack() as stack:
        servers = [
            stack.enter_context(serving("pressroom", url, database_pid=pid, environment=ANEW))
            for url in urls
        ]
        sites = [
            (server, _workloads(server, size)) for server, size in zip(servers, sizes, strict=True)
        ]
        rounds = [_round(sites, seconds / ROUNDS) for _ in range(ROUNDS)]
    return [
        {each[0].name: median_of(each) for each in zip(*measured, strict=True)}
        for measured in zip(*rounds, strict=True)
    ]


def _round(
    sites: Sequence[tuple[Server, Sequence[Workload]]], seconds: float
) -> list[list[Measure]]:
    """Measure each workload on one site after the other; give the measures by site."""
    by_workload = [
        [_measured(server, workloads[place], seconds) for server, workloads in sites]
        for place in range(len(sites[0][1]))
    ]
    return [list(each) for each in zip(*by_workload, strict=True)]


def _measured(server: Server, workload: Workload, seconds: float) -> Measure:
    touch(server, workload)
    return measure(server, workload, seconds)


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
