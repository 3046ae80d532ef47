"""What a worker may take of the machine, as far as the system lets a process bound itself."""

import os
from contextlib import suppress
from dataclasses import dataclass

_NICENESS = 15
"""Whoever asks the API goes before: a worker has the processor while nobody else wants it."""
_WORN = 0.5
"""The part of the memory allowed after whose use a worker is replaced."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds for one rendition, bytes of memory, and renditions in the life of a worker."""

    seconds: float
    memory: int
    jobs: int = 200

    def enter(self) -> None:
        """Bound the memory of this process, and step back behind others."""
        with suppress(ImportError, AttributeError, OSError, ValueError):  # not on every system
            import resource  # noqa: PLC0415 - Windows has no such module

            os.nice(_NICENESS)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_DATA, (self.memory, self.memory))

    def is_worn(self, jobs: int) -> bool:
        """Whether this process has done its share, or has taken much for some rendition."""
        return jobs >= self.jobs or _most_memory() > self.memory * _WORN


def _most_memory() -> int:
    """Tell the most bytes of memory that this process ever took; 0 where nobody knows."""
    try:
        import resource  # noqa: PLC0415 - Windows has no such module
    except ImportError:
        return 0
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if os.uname().sysname == "Darwin" else most * 1024
