"""Printing: what a reader feels of it while PDFs are made, and what one costs.

The reader asks plain questions, one after the other; beside, four others fetch PDFs that nobody has
fetched before (`fetching`). Workers share the core of their server, which is the worst that can
happen to it; the reader has the other.
"""

import json
import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPConnection
from itertools import cycle
from statistics import median
from typing import IO, NamedTuple

from . import operations
from .corpus import Size
from .processes import HOST, TESTS, Server, cores, cpu_seconds, family_of, serving
from .report import Ratio
from .stores import Store

ROUNDS = 7
PDFS = 50
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
            _others(server) as others,
            closing(_Reader(server)) as reader,
        ):
            batches = _batches(server, pdfs)
            others.fetch(next(batches))
            server_ms, worker_ms = _cpu_of_each(server, others, next(batches))
            felt = [_felt(reader, others, next(batches)) for _ in range(rounds)]
    return [
        Ratio(
            f"p99 of a reader while {pdfs} PDFs are made, over alone",
            median(beside.p99 / alone.p99 for beside, alone in felt),
            "≤ 1.5",
        ),
        Ratio("p50 likewise", median(beside.p50 / alone.p50 for beside, alone in felt)),
        Ratio("p99 of that reader alone, ms", median(alone.p99 for _, alone in felt)),
        Ratio("CPU of a PDF in its worker, ms", worker_ms),
        Ratio("CPU of a PDF in the server, ms", server_ms),
    ]


class _Waits(NamedTuple):
    """How long a reader waited for its answers, in milliseconds."""

    p50: float
    p99: float


class _Reader:
    """Asks for the front page from varying starts."""

    def __init__(self, server: Server) -> None:
        self._bodies = cycle(operations.front(server.ask).bodies)
        self._connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
        self._connection.connect()
        self._connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def waits(self, goes_on: Callable[[], bool]) -> _Waits:
        """Ask for as long as something goes on."""
        took = []
        while goes_on() or not took:
            began = time.perf_counter()
            self._ask(next(self._bodies))
            took.append(time.perf_counter() - began)
        took.sort()
        return _Waits(*(took[len(took) * part // 100] * 1_000 for part in (50, 99)))

    def close(self) -> None:
        """Hang up."""
        self._connection.close()

    def _ask(self, body: bytes) -> None:
        headers = {"Content-Type": "application/json", "Host": HOST}
        self._connection.request("POST", "/graphql", body, headers)
        self._connection.getresponse().read()


class _Others:
    """Has PDFs fetched by a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def fetch(self, addresses: Sequence[str]) -> None:
        """Have all of them fetched."""
        self.begin(addresses)
        self._answers.readline()

    def begin(self, addresses: Sequence[str]) -> None:
        """Begin to fetch them."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(addresses) + "\n")
        self._process.stdin.flush()

    def are_at_it(self) -> bool:
        """Whether some are still to come, of those that were begun."""
        if not select.select([self._answers], [], [], 0)[0]:
            return True
        if not self._answers.readline():
            raise RuntimeError("the PDFs could not be fetched")
        return False

    @property
    def _answers(self) -> IO[str]:
        assert self._process.stdout is not None
        return self._process.stdout


@contextmanager
def _others(server: Server) -> Iterator[_Others]:
    command = (sys.executable, "-m", "benchmarks.fetching", str(server.port))
    with subprocess.Popen(
        command, cwd=TESTS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield _Others(process)


def _felt(reader: _Reader, others: _Others, addresses: Sequence[str]) -> tuple[_Waits, _Waits]:
    """Give what the reader waits while PDFs are made, and for as long without."""
    began = time.perf_counter()
    others.begin(addresses)
    beside = reader.waits(others.are_at_it)
    ends = 2 * time.perf_counter() - began
    return beside, reader.waits(lambda: time.perf_counter() < ends)


def _cpu_of_each(server: Server, others: _Others, addresses: Sequence[str]) -> tuple[float, float]:
    """Give what a PDF costs in the server and in a worker; milliseconds of CPU."""
    workers = family_of(server.pid)[1:]

    def used() -> tuple[float, float]:
        return server.cpu_seconds(), sum(map(cpu_seconds, workers))

    before = used()
    others.fetch(addresses)
    ours, theirs = (
        (after - once) / len(addresses) * 1_000 for once, after in zip(before, used(), strict=True)
    )
    return ours, theirs


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
