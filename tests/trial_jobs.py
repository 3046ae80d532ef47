"""Jobs for the press to be tried with; a worker finds them here by the name of this module."""

import os
import resource
import sys
from dataclasses import dataclass
from pathlib import Path

from pressroom.cms.renditions.formats.format import NotRenderable, Output


@dataclass(frozen=True)
class Writing:
    """Gives a text as it is, and notes in a file, if it gets one, that it was run."""

    text: str = "written"
    noted: Path | None = None
    size: int = 0

    def run(self) -> Output:
        if self.noted is not None:
            with self.noted.open("a") as file:
                file.write("run\n")
        return Output(self.text.encode(), ("A warning.",), page_count=3)


@dataclass(frozen=True)
class Waiting(Writing):
    """Waits until somebody opens a pipe for writing, and closes it."""

    pipe: Path = Path("/dev/null")

    def run(self) -> Output:
        self.pipe.read_bytes()
        return super().run()


@dataclass(frozen=True)
class Large(Writing):
    """Tells the process it runs in, which it makes a large one."""

    bytes: int = 200_000_000

    def run(self) -> Output:
        _all_of_it_touched = b"x" * self.bytes
        return Output(str(os.getpid()).encode())


@dataclass(frozen=True)
class Refusing(Writing):
    def run(self) -> Output:
        raise NotRenderable("It has no words.")


@dataclass(frozen=True)
class Greedy(Writing):
    """Wants more memory than there is."""

    def run(self) -> Output:
        return Output(bytes(4_000_000_000))


@dataclass(frozen=True)
class Dying(Writing):
    def run(self) -> Output:
        os.abort()


@dataclass(frozen=True)
class Broken(Writing):
    def run(self) -> Output:
        raise ValueError("a secret of the server")


@dataclass(frozen=True)
class Chatty(Writing):
    """Prints, as libraries do, from Python and from below it."""

    def run(self) -> Output:
        sys.stdout.write("chatter")
        os.write(1, b"chatter")
        return super().run()


@dataclass(frozen=True)
class Telling(Writing):
    """Tells the process it runs in, how nice that is, its seconds, policy and environment."""

    def run(self) -> Output:
        seconds, _ = resource.getrlimit(resource.RLIMIT_CPU)
        told = (os.getpid(), os.nice(0), seconds, os.sched_getscheduler(0), *os.environ)
        return Output(" ".join(map(str, told)).encode())
