"""A connection to SQLite for reading, whose statements end when their time is over."""

import math
from time import monotonic

import apsw

from ..reading import Answer, Done, Pause, Reading, Statement, Step
from . import driver
from .text import add_text_functions

_STEPS = 10_000
"""Instructions of SQLite between two looks at the clock: they take less than a millisecond."""


class Late(Exception):
    """A statement was interrupted, because its time was over or nobody waits for it any more."""

    def __init__(self, statement: Statement) -> None:
        super().__init__(statement)
        self.statement = statement


class Lane:
    """One connection, which one reading at a time has to itself, in whichever thread."""

    def __init__(self, path: str) -> None:
        self._connection = driver.connect(path, timeout=1, shared=False)
        for pragma in ("query_only = ON", "cache_size = -8192"):
            self._connection.execute(f"PRAGMA {pragma}")
        add_text_functions(self._connection)
        self._connection.set_progress_handler(self._is_over, _STEPS)
        self._deadline = math.inf

    def begin(self) -> None:
        """Begin a transaction, so that all statements of a reading see the same content."""
        self._connection.execute("BEGIN")

    def end(self) -> None:
        """End the transaction."""
        self._deadline = math.inf
        self._connection.execute("COMMIT")

    def drive(
        self, reading: Reading[Answer], step: Step | Done[Answer], seconds: float
    ) -> Pause | Done[Answer]:
        """Run the statements of a reading from `step` on, all of them within so many seconds.

        Raises Late, with the statement that was interrupted.
        """
        self._deadline = monotonic() + seconds
        execute, send = self._connection.execute, reading.send
        try:
            # This is the innermost loop of all: each call less is felt.
            while isinstance(step, Statement):
                step = send(execute(step.sql, step.values).fetchall())
        except StopIteration as ended:
            return Done(ended.value)
        except apsw.InterruptError:
            if isinstance(step, Statement):
                raise Late(step) from None
            raise
        except apsw.Error as error:
            raise driver.translated(error) from error
        return step

    def stop(self) -> None:
        """Make the thread that drives a reading give up."""
        self._deadline = -math.inf

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def _is_over(self) -> bool:
        return monotonic() > self._deadline
