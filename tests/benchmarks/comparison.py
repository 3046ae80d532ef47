"""The comparison: ours against the rival and against a bare server, on one database."""

import itertools
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from . import operations
from .corpus import Size
from .load import run_load
from .measures import Measure, measure, touch
from .operations import Workload
from .processes import ANEW, Server, serving
from .report import Ratio
from .stores import Store
from .submissions import ALONE, TOGETHER, measure_submissions

_TIMES_RIVAL = {
    "SQLite": {"front": "≥ 100", "article": "≥ 90", "archive": "≥ 100"},
    "PostgreSQL": {"front": "≥ 60", "article": "≥ 35", "archive": "≥ 40"},
}
_OVER_BARE = {"SQLite": {"front": "≤ 4", "cached": "≤ 1.3"}, "PostgreSQL": {"cached": "≤ 1.3"}}
_RESIDENT = {"SQLite": "≤ 150", "PostgreSQL": "≤ 120"}
_SAMPLE = 25


@dataclass(frozen=True, slots=True)
class Effort:
    """How long a comparison takes: seconds for each workload, requests before memory is read."""

    seconds: float = 8
    requests: int = 200_000
    own_load: bool = False


@dataclass(slots=True)
class Comparison:
    """What was measured on one database, by workload."""

    store: str
    ours: dict[str, Measure] = field(default_factory=dict)
    rival: dict[str, Measure] = field(default_factory=dict)
    bare: Measure | None = None
    requests: int = 0
    """How many ours had answered when its memory was read."""
    resident_mb: float = 0

    def measures(self) -> list[tuple[str, Measure]]:
        """Give all measures, each with the name of its server."""
        named = [("pressroom", each) for each in self.ours.values()]
        named += [("rival", each) for each in self.rival.values()]
        return named + ([("bare", self.bare)] if self.bare else [])

    def ratios(self) -> list[Ratio]:
        """Give what the comparison says."""
        return [*self._times_rival(), *self._over_bare(), *self._submissions(), *self._sizes()]

    def _times_rival(self) -> list[Ratio]:
        aims = _TIMES_RIVAL[self.store]
        ratios = []
        for name, rival in self.rival.items():
            ours = self.ours[name]
            by_cpu = f"{name}, times the ordinary executor with DataLoaders"
            ratios.append(Ratio(by_cpu, rival.total_us / ours.total_us, aims.get(name, "")))
            ratios.append(Ratio(f"{name}, the same by requests a second", ours.rate / rival.rate))
        return ratios

    def _over_bare(self) -> list[Ratio]:
        assert self.bare is not None
        aims = _OVER_BARE[self.store]
        return [
            Ratio(
                f"{name}, CPU over the bare server's for the same bytes",
                self.ours[name].cpu_us / self.bare.cpu_us,
                aims.get(name, ""),
            )
            for name in ("front", "cached")
        ]

    def _sizes(self) -> list[Ratio]:
        memory = f"resident memory in MB after {self.requests:,} requests"
        return [Ratio(memory, self.resident_mb, _RESIDENT[self.store])]

    def _submissions(self) -> list[Ratio]:
        """Compare submissions that share commits with those that do not, where there are such."""
        together, alone = self.ours[TOGETHER], self.ours.get(ALONE)
        ratios = [Ratio("durable comment submissions a second, 16 clients", together.rate)]
        if alone is not None:
            over = "submissions with group commit over without"
            ratios.append(Ratio(f"{over}, by requests a second", together.rate / alone.rate, "≥ 2"))
            ratios.append(Ratio(f"{over}, by CPU saved", alone.cpu_us / together.cpu_us))
        return ratios


def compare(store: Store, size: Size, effort: Effort) -> Comparison:
    """Measure everything on one database. Raises ValueError where the rival answers otherwise."""
    comparison = Comparison(store.name)
    url = store.filled(size)
    with serving("pressroom", url, database_pid=store.server_pid, environment=ANEW) as ours:
        workloads = operations.reading(ours.ask, size.posts)
        with serving("rival", url, database_pid=store.server_pid) as rival:
            for workload in workloads:
                check_same(ours, rival, workload)
            for workload in workloads:
                touch(ours, workload)
                comparison.rival[workload.name] = _measure(rival, workload, effort)
        for workload in workloads:
            touch(ours, workload)
            comparison.ours[workload.name] = _measure(ours, workload, effort)
        canned = ours.post(workloads[0].bodies[0])
    with serving("pressroom", url, database_pid=store.server_pid) as keeping:
        cached = operations.one_body(workloads[0])
        comparison.ours[cached.name] = _measure(keeping, cached, effort)
        _measure_memory(comparison, keeping, workloads, effort)
    comparison.bare = _measure_bare(canned, workloads[0], effort)
    submissions = measure_submissions(store, store.copy(size), effort.seconds, own=effort.own_load)
    comparison.ours.update((each.name, each) for each in submissions)
    return comparison


def check_same(ours: Server, rival: Server, workload: Workload) -> None:
    """Compare answers, before their speed. Raises ValueError where they differ."""
    for body in workload.bodies[:_SAMPLE]:
        answer = json.loads(ours.post(body))
        if "errors" in answer or answer != json.loads(rival.post(body)):
            raise ValueError(f"{workload.name}: the answers to {body.decode()} differ")


def _measure(server: Server, workload: Workload, effort: Effort) -> Measure:
    return measure(server, workload, effort.seconds, own=effort.own_load)


def _measure_bare(canned: bytes, workload: Workload, effort: Effort) -> Measure:
    with tempfile.NamedTemporaryFile() as file:
        file.write(canned)
        file.flush()
        with serving("bare", file=Path(file.name)) as bare:
            return _measure(bare, workload, effort)


def _measure_memory(
    comparison: Comparison, server: Server, workloads: Sequence[Workload], effort: Effort
) -> None:
    """Go on until so many requests have been answered, and read the memory."""
    answered = sum(each.rate * effort.seconds for each in comparison.ours.values())
    for workload in itertools.cycle(workloads):
        if answered >= effort.requests:
            break
        answered += run_load(server, workload, effort.seconds, own=effort.own_load).requests
    comparison.requests = int(answered)
    comparison.resident_mb = server.resident_megabytes()
