"""Growth: what ten times the content, deep pages and long threads cost."""

from . import operations
from .corpus import Size
from .measures import Measure, measure, touch
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
    small = _measures(store, size, seconds)
    large = _measures(store, size.times(FACTOR), seconds)
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


def _measures(store: Store, size: Size, seconds: float) -> dict[str, Measure]:
    url, pid = store.filled(size), store.server_pid
    with serving("pressroom", url, database_pid=pid, environment=ANEW) as server:
        return {each.name: _measured(server, each, seconds) for each in _workloads(server, size)}


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
