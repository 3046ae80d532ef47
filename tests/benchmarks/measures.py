"""Measures: what one workload costs on one server."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from statistics import median
from typing import TypeVar

from .load import run_load
from .operations import Workload
from .processes import Server

ROUNDS = 3
"""How often servers take turns, as what else runs on the machine changes."""

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Measure:
    """What one workload costs; times are CPU time for each request."""

    name: str
    rate: float
    """Requests a second."""
    p50_ms: float
    p99_ms: float
    cpu_us: float
    """Of the server's process."""
    database_us: float
    """Of the database's own processes, where it has any."""
    answer_bytes: float
    resident_mb: float

    @property
    def total_us(self) -> float:
        """CPU time of server and database together."""
        return self.cpu_us + self.database_us


def touch(server: Server, workload: Workload) -> None:
    """Have all that a workload asks for read once: what is measured is not the disk."""
    for body in workload.bodies:
        server.post(body)


def measure(server: Server, workload: Workload, seconds: float, *, own: bool = False) -> Measure:
    """Put a workload on a server, after a while in which it warms up."""
    run_load(server, workload, seconds / 4, own=own)
    cpu, database = server.cpu_seconds(), server.database_cpu_seconds()
    load = run_load(server, workload, seconds, own=own)
    return Measure(
        name=workload.name,
        rate=load.requests / load.seconds,
        p50_ms=load.p50_ms,
        p99_ms=load.p99_ms,
        cpu_us=(server.cpu_seconds() - cpu) / load.requests * 1e6,
        database_us=(server.database_cpu_seconds() - database) / load.requests * 1e6,
        answer_bytes=load.bytes / load.requests,
        resident_mb=server.resident_megabytes(),
    )


def take_turns(measures: Mapping[Key, Callable[[], Measure]]) -> dict[Key, Measure]:
    """Take measures one after the other, in rounds, and give the median of each."""
    rounds = [{key: take() for key, take in measures.items()} for _ in range(ROUNDS)]
    return {key: _median([each[key] for each in rounds]) for key in measures}


def _median(measures: Sequence[Measure]) -> Measure:
    """Give the median of each figure."""
    figures = [each.name for each in fields(Measure) if each.name != "name"]
    medians = {name: median(getattr(each, name) for each in measures) for name in figures}
    return Measure(name=measures[0].name, **medians)
