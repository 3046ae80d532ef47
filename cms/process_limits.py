"""What a process beside the server may take of the machine, as far as it can bound itself."""

import math
import os
from contextlib import suppress
from dataclasses import dataclass

try:
    import resource
except ImportError:  # Windows: there the server's clock is the only bound
    resource = None  # type: ignore[assignment] # a module is not None to the type checker

_MISSING = (AttributeError, OSError, ValueError)
"""What is raised where a system does not know a bound."""
_NICENESS = 10


@dataclass(frozen=True, slots=True)
class ProcessLimits:
    """Seconds for one piece of work, and bytes of memory for all that the process does."""

    seconds: float
    memory: int

    def enter(self) -> None:
        """Bound the memory of this process, and let whoever asks the API go before."""
        with suppress(*_MISSING):
            os.nice(_NICENESS)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_DATA, (self.memory, self.memory))

    def begin(self) -> None:
        """Bound the processor time of the next piece: the server may not live to end it."""
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
