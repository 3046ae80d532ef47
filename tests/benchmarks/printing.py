"""Printing: what a reader feels of it while PDFs are made, and what one costs.

The reader asks plain questions, one after the other; beside, four others fetch PDFs that nobody has
fetched before. Workers share the core of their server, which is the worst that can happen to it.
"""

import os
import socket
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import cycle
from statistics import median

from . import operations
from .corpus import Size
from .processes import HOST, Server, cores, cpu_seconds, family_of, serving
from .report import Ratio
from .stores import Store

ROUNDS = 7
PDFS = 50
_FETCHERS = 4
_PAUSE = 0.05
"""Seconds after which somebody asks again for what is being made."""
_URLS = """
query ($after: String, $first: Int!) {
  posts(first: $first, after: $after) {
    nodes { rendition(format: PDF) { url } }
    pageInfo { endCursor }
  }
}
"""


def measure_printing(
    store: Store, size: Size, rounds: int = ROUNDS, pdfs: int = PDFS
) -> Sequence[Ratio]:
    """Print a batch of PDFs each round, and give the figures of the round in the middle."""
    with tempfile.TemporaryDirectory() as media:
        given = {"PRESSROOM_MEDIA_DIR": media, "PRESSROOM_ANSWER_CACHE_BYTES": "0"}
        with (
            serving("pressroom", store.filled(size), environment=given) as server,
            _aside(),
            closing(_Reader(server)) as reader,
        ):
            batches = _batches(server, pdfs)
            _print(server, next(batches))
            server_ms, worker_ms = _cpu_of_each(server, next(batches))
            felt = [_felt(server, reader, next(batches)) for _ in range(rounds)]
    return [
        Ratio(
            f"p99 of a reader while {pdfs} PDFs are made, over alone",
            median(beside / alone for beside, alone in felt),
            "≤ 1.5",
        ),
        Ratio("p99 of that reader alone, ms", median(alone for _, alone in felt)),
        Ratio("CPU of a PDF in its worker, ms", worker_ms),
        Ratio("CPU of a PDF in the server, ms", server_ms),
    ]


class _Reader:
    """Asks for the front page from varying starts."""

    def __init__(self, server: Server) -> None:
        self._bodies = cycle(operations.front(server.ask).bodies)
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        self._connection.connect()
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def p99(self, goes_on: Callable[[], bool]) -> float:
        """Ask for as long as something goes on; milliseconds."""
        took = []
        while goes_on() or not took:
            began = time.perf_counter()
            self._ask(next(self._bodies))
            took.append(time.perf_counter() - began)
        return sorted(took)[len(took) * 99 // 100] * 1_000

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, body: bytes) -> None:
        headers = {"Content-Type": "application/json", "Host": HOST}
        self._connection.request("POST", "/graphql", body, headers)
        self._connection.getresponse().read()


def _felt(server: Server, reader: _Reader, addresses: Sequence[str]) -> tuple[float, float]:
    """Give the reader's p99 while PDFs are made, and for as long without."""
    began = time.perf_counter()
    with ThreadPoolExecutor(_FETCHERS) as others:
        fetching = [others.submit(_fetch, server, address) for address in addresses]
        beside = reader.p99(lambda: not all(each.done() for each in fetching))
    ends = 2 * time.perf_counter() - began
    return beside, reader.p99(lambda: time.perf_counter() < ends)


def _cpu_of_each(server: Server, addresses: Sequence[str]) -> tuple[float, float]:
    """Give what a PDF costs in the server and in a worker; milliseconds of CPU."""
    workers = family_of(server.pid)[1:]

    def used() -> tuple[float, float]:
        return server.cpu_seconds(), sum(map(cpu_seconds, workers))

    before = used()
    _print(server, addresses)
    ours, theirs = (
        (after - once) / len(addresses) * 1_000 for once, after in zip(before, used(), strict=True)
    )
    return ours, theirs


def _print(server: Server, addresses: Sequence[str]) -> None:
    with ThreadPoolExecutor(_FETCHERS) as others:
        list(others.map(lambda address: _fetch(server, address), addresses))


def _fetch(server: Server, address: str) -> None:
    """Fetch a rendition, however long it takes to be made."""
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=60)) as connection:
        while True:
            connection.request("GET", address.partition(HOST)[2], headers={"Host": HOST})
            response = connection.getresponse()
            response.read()
            if response.status == HTTPStatus.OK:
                return
            if response.status not in {HTTPStatus.ACCEPTED, HTTPStatus.SERVICE_UNAVAILABLE}:
                raise RuntimeError(f"{address} answers {response.status}")
            time.sleep(_PAUSE)


def _batches(server: Server, size: int) -> Iterator[list[str]]:
    """Give the addresses of posts' PDFs, so many at a time."""
    after: str | None = None
    while True:
        page = server.ask(_URLS, {"first": size, "after": after})["posts"]
        yield [node["rendition"]["url"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]


@contextmanager
def _aside() -> Iterator[None]:
    """Leave the server its core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {cores()[1]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
