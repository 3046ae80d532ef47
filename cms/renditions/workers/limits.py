"""What a worker may take of the machine, as far as the system lets a process bound itself."""

import math
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

try:
    import resource
except ImportError:  # Windows: there the server's clock is the only bound
    resource = None  # type: ignore[assignment] # a module is not None to the type checker

_MISSING = (AttributeError, OSError, ValueError)
"""What is raised where a system does not know a bound."""
_NICENESS = 10
_WORN = 0.5
"""The part of the memory allowed after whose use a worker is replaced."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for one rendition, bytes of memory, and renditions in the life of a worker."""

    seconds: float
    memory: int
    jobs: int = 200

    def enter(self) -> None:
        """Bound the memory of this process, and let whoever asks the API go before."""
        with suppress(*_MISSING):
            os.nice(_NICENESS)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_DATA, (self.memory, self.memory))

    def begin(self) -> None:
        """Bound the processor time of the next rendition: the server may not live to end it."""
        with suppress(*_MISSING):
            used = resource.getrusage(resource.RUSAGE_SELF)
            most = math.ceil(used.ru_utime + used.ru_stime + self.seconds) + 1
            _, hard = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (most, hard))

    def step_back(self) -> None:
        """Have the processor while nobody else wants it, from now on.

        However nice a process is, Linux gives it its share in turns of some milliseconds, in which
        the server waits. One that is idle, by its policy, is interrupted at once.
        """
        with suppress(*_MISSING):
            os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))

    def is_worn(self, jobs: int) -> bool:
        """Whether this process has done its share, or has taken much for some rendition."""
        return jobs >= self.jobs or _most_memory() > self.memory * _WORN


def _most_memory() -> int:
    """Tell the most bytes of memory that this process ever took; 0 where nobody knows."""
    most: int = 0
    with suppress(*_MISSING):
        if sys.platform.startswith("linux"):
            return _high_water_mark()
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _high_water_mark() -> int:
    """Read it from /proc (proc_pid_status(5)).

    Linux hands on ru_maxrss when a program is begun: a large server's workers all seemed worn.
    """
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024
