"""What a worker may take, and when it has taken so much that another takes its place."""

import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ....process_limits import ProcessLimits

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment] # a module is not None to the type checker

_WORN = 0.5
"""The part of the memory allowed after whose use a worker is replaced."""


@dataclass(frozen=True, slots=True)
class Limits(ProcessLimits):
    """Seconds for one rendition, bytes of memory, and renditions in the life of a worker."""

    jobs: int = 200

    def is_worn(self, jobs: int) -> bool:
        """Whether this process has done its share, or has taken much for some rendition."""
        return jobs >= self.jobs or _most_memory() > self.memory * _WORN


def _most_memory() -> int:
    """Tell the most bytes of memory that this process ever took; 0 where nobody knows."""
    if sys.platform.startswith("linux"):
        with suppress(OSError, ValueError):
            return _high_water_mark()
    if resource is None:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def _high_water_mark() -> int:
    """Read it from /proc (proc_pid_status(5)).

    Linux hands on ru_maxrss when a program is begun: a large server's workers all seemed worn.
    """
    status = Path("/proc/self/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) * 1024
