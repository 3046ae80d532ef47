"""The comparison: ours against the rival and against a bare server, on one database."""

import itertools
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from . import operations
from .corpus import Size
from .load import run_load
from .measures import ROUNDS, Measure, measure, take_turns, touch
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
_OURS, _RIVAL, _KEEPING, _BARE = "ours", "rival", "keeping", "bare"


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
    url, pid = store.filled(size), store.server_pid
    with (
        serving("pressroom", url, database_pid=pid, environment=ANEW) as ours,
        serving("pressroom", url, database_pid=pid) as keeping,
        serving("rival", url, database_pid=pid) as rival,
    ):
        workloads = operations.reading(ours.ask, size.posts)
        for workload in workloads:
            check_same(ours, rival, workload)
            touch(ours, workload)
        with _bare(ours.post(workloads[0].bodies[0])) as bare:
            servers = {_OURS: ours, _RIVAL: rival, _KEEPING: keeping, _BARE: bare}
            _contest(comparison, servers, workloads, effort)
        _measure_memory(comparison, keeping, workloads, effort)
    submissions = measure_submissions(store, store.copy(size), effort.seconds, own=effort.own_load)
    comparison.ours.update((each.name, each) for each in submissions)
    return comparison


def _contest(
    comparison: Comparison,
    servers: Mapping[str, Server],
    workloads: Sequence[Workload],
    effort: Effort,
) -> None:
    """Have servers that read the same database take turns, and note what each costs."""
    front, cached = workloads[0], operations.one_body(workloads[0])
    turns = [(kind, each) for each in workloads for kind in (_RIVAL, _OURS)]
    turns += [(_KEEPING, cached), (_BARE, front)]
    found = take_turns(
        {
            (kind, workload.name): partial(_measure, servers[kind], workload, effort)
            for kind, workload in turns
        }
    )
    comparison.rival = {name: each for (kind, name), each in found.items() if kind == _RIVAL}
    comparison.ours = {
        name: each for (kind, name), each in found.items() if kind in {_OURS, _KEEPING}
    }
    comparison.bare = found[_BARE, front.name]
    comparison.requests = int(found[_KEEPING, cached.name].rate * effort.seconds)


def check_same(ours: Server, rival: Server, workload: Workload) -> None:
    """Compare answers, before their speed. Raises ValueError where they differ."""
    for body in workload.bodies[:_SAMPLE]:
        answer = json.loads(ours.post(body))
        if "errors" in answer or answer != json.loads(rival.post(body)):
            raise ValueError(f"{workload.name}: the answers to {body.decode()} differ")


def _measure(server: Server, workload: Workload, effort: Effort) -> Measure:
    return measure(server, workload, effort.seconds / ROUNDS, own=effort.own_load)


@contextmanager
def _bare(canned: bytes) -> Iterator[Server]:
    with tempfile.NamedTemporaryFile() as file:
        file.write(canned)
        file.flush()
        with serving("bare", file=Path(file.name)) as bare:
            yield bare


def _measure_memory(
    comparison: Comparison, server: Server, workloads: Sequence[Workload], effort: Effort
) -> None:
    """Go on until so many requests have been answered, and read the memory."""
    for workload in itertools.cycle(workloads):
        if comparison.requests >= effort.requests:
            break
        load = run_load(server, workload, effort.seconds, own=effort.own_load)
        comparison.requests += load.requests
    comparison.resident_mb = server.resident_megabytes()
