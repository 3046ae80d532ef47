"""Readings: what is read by compiled statements, past SQLAlchemy's cost for each.

A reading is a generator: it yields statements with their values, is sent the rows of each, and
what it returns is the answer. So the same reading runs on a driver that answers at once and on one
that waits for a server. When it has all its rows it may yield pauses, to ask for what takes time.
"""

from collections.abc import Awaitable, Callable, Generator, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

Rows: TypeAlias = Sequence[Sequence[Any]]
Answer = TypeVar("Answer")


class Statement(NamedTuple):
    """A statement in the driver's own dialect, with its values in their places."""

    sql: str
    values: Sequence[Any]


class Pause(NamedTuple):
    """Something to await; statements come before all pauses."""

    answer: Callable[[], Awaitable[Any]]


class Done(NamedTuple, Generic[Answer]):
    """What a reading came to."""

    answer: Answer


Begun: TypeAlias = Done[Answer] | Awaitable[Answer]
"""What a reading came to, or what remains to be awaited for it."""
Step: TypeAlias = Statement | Pause
Reading: TypeAlias = Generator[Step, Any, Answer]


class Reader(Protocol):
    """Runs readings on one database."""

    async def run(
        self, reading: Reading[Answer], cost: int = 0, *, consistent: bool = False
    ) -> Answer:
        """Run a reading to its end and give what it returns.

        `cost` is how many rows it may come to. With `consistent`, all statements see one state of
        the content. Cancelling this ends what the database does for it.

        Raises Unavailable when the database does not answer in time.
        """

    def begin(self, reading: Reading[Answer], cost: int = 0) -> Begun[Answer]:
        """Run a reading as far as it goes without waiting: to its end, at best.

        What remains must be awaited. Raises as `run` does.
        """

    async def close(self) -> None:
        """Give the connections back."""


def advance(reading: Reading[Answer], answer: Any = None) -> Step | Done[Answer]:
    """Send a reading what it waits for, and give its next step, or what it came to."""
    try:
        return reading.send(answer)
    except StopIteration as stop:
        return Done(stop.value)


async def finish(reading: Reading[Answer], step: Step | Done[Answer]) -> Answer:
    """Await the pauses that a reading still has, and give what it came to."""
    while isinstance(step, Pause):
        step = advance(reading, await step.answer())
    if isinstance(step, Statement):
        raise TypeError("a reading has all its statements before its pauses")
    return step.answer
