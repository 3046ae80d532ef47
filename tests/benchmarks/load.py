"""The load: 16 connections that send as fast as they are answered, from a core of their own.

wrk, where it is installed; else a generator of our own (this module, run as a program), which
takes more of its core but does the same.
"""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import partial
from itertools import cycle
from pathlib import Path

from .operations import COUNTER, Workload
from .processes import HOST, TESTS, Server, cores

CONNECTIONS = 16
ERRORS = b'{"errors"'
"""How an answer with errors begins."""
_LUA = Path(__file__).parent / "load.lua"


@dataclass(frozen=True, slots=True)
class Load:
    """What came of a load; `bytes` are those of whole answers."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float
    bytes: int
    failed: int


def run_load(server: Server, workload: Workload, seconds: float, *, own: bool = False) -> Load:
    """Send a workload for so long. Raises RuntimeError where a request failed.

    With `own`, wrk is not used even where it is installed.
    """
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(b"\n".join(workload.bodies))
        file.flush()
        command = _command(server, file.name, seconds, own=own or shutil.which("wrk") is None)
        ran = subprocess.run(
            command, cwd=TESTS, stdout=subprocess.PIPE, text=True, check=True, preexec_fn=_pin
        )
    load = Load(**json.loads(ran.stdout.splitlines()[-1]))
    if load.failed or not load.requests:
        raise RuntimeError(f"{load.failed} of {load.requests} requests failed ({workload.name})")
    return load


def _command(server: Server, bodies: str, seconds: float, *, own: bool) -> list[str]:
    if own:
        words = (server.port, bodies, seconds)
        return [sys.executable, "-m", "benchmarks.load", *map(str, words)]
    wrk = [
        "wrk",
        "--threads=1",
        f"--connections={CONNECTIONS}",
        f"--duration={max(1, round(seconds))}s",
    ]
    address = f"http://127.0.0.1:{server.port}/graphql"
    return [
        *wrk,
        "--timeout=60s",
        f"--script={_LUA}",
        address,
        "--",
        bodies,
        HOST,
        str(_first_number()),
    ]


def _first_number() -> int:
    """Give the time in microseconds, so that no run repeats what another on the database sent."""
    return int(time.time_ns() // 1_000 % 10 ** len(COUNTER))


def _pin() -> None:
    os.sched_setaffinity(0, {cores()[1]})


class _Sender(asyncio.Protocol):
    """One connection: a request, its answer, the next request, until the time is over."""

    def __init__(self, requests: Iterator[bytes], latencies: list[float], ends_at: float) -> None:
        self._requests = requests
        self._latencies = latencies
        self._ends_at = ends_at
        self._missing = 0
        self._head = b""
        self.finished = asyncio.get_running_loop().create_future()
        self.received = 0
        self.failed = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._send()

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        if self._missing:
            self._missing -= len(data)
        else:
            self._begin(data)
        if not self._missing and not self._head:
            self._latencies.append(time.perf_counter() - self._sent_at)
            self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.finished.done():
            self.failed += 1
            self.finished.set_result(None)

    def _send(self) -> None:
        self._sent_at = time.perf_counter()
        if self._sent_at < self._ends_at:
            self._transport.write(next(self._requests))
        else:
            self.finished.set_result(None)
            self._transport.close()

    def _begin(self, data: bytes) -> None:
        self._head += data
        head, found, body = self._head.partition(b"\r\n\r\n")
        if found:
            self._head = b""
            refused = not head.startswith(b"HTTP/1.1 200") or body.startswith(ERRORS)
            self.failed += refused
            length = head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]
            self._missing = int(length) - len(body)


def _itself(sender: _Sender) -> _Sender:
    return sender


async def _generate(port: int, requests: Iterator[bytes], seconds: float) -> Load:
    latencies: list[float] = []
    loop = asyncio.get_running_loop()
    began = time.perf_counter()
    senders = [_Sender(requests, latencies, began + seconds) for _ in range(CONNECTIONS)]
    for sender in senders:
        await loop.create_connection(partial(_itself, sender), "127.0.0.1", port)
    await asyncio.gather(*(sender.finished for sender in senders))
    took = time.perf_counter() - began
    ordered = sorted(latencies)
    return Load(
        requests=len(ordered),
        seconds=took,
        p50_ms=ordered[len(ordered) // 2] * 1_000,
        p99_ms=ordered[len(ordered) * 99 // 100] * 1_000,
        bytes=sum(sender.received for sender in senders),
        failed=sum(sender.failed for sender in senders),
    )


def _numbered(bodies: list[bytes]) -> Iterator[bytes]:
    for number, body in enumerate(cycle(bodies), _first_number()):
        numbered = body.replace(COUNTER.encode(), f"{number:0{len(COUNTER)}}".encode())
        head = f"POST /graphql HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
        yield f"{head}Content-Length: {len(numbered)}\r\n\r\n".encode() + numbered


def main(port: str, bodies: str, seconds: str) -> None:
    """Send the bodies of a file, one a line, and print what came of it as JSON."""
    requests = _numbered(Path(bodies).read_bytes().splitlines())
    load = asyncio.run(_generate(int(port), requests, float(seconds)))
    sys.stdout.write(json.dumps(asdict(load)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
