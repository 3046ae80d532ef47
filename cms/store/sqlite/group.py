"""Units of work that share a transaction."""

import asyncio
from time import monotonic

from ...content import JournalEntry
from ...errors import Unavailable

OLDEST = 0.02
"""Seconds after which nobody more joins a group: the first in it wait for the last."""


class Group:
    """Units of work that share a transaction, and end with it."""

    def __init__(self) -> None:
        self.size = 0
        self.entries: list[JournalEntry] = []
        self.ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        """Done when the transaction is committed; has an exception where it could not be."""
        self._begun = monotonic()

    def takes_more(self, largest: int) -> bool:
        """Tell whether another may join: it is not too large, and the first may wait longer."""
        return self.size < largest and monotonic() - self._begun < OLDEST

    def fail(self, error: BaseException) -> None:
        """End it without anything stored."""
        if self.ended.done():
            return
        failure = Unavailable("The database could not store this.")
        failure.__cause__ = error
        self.ended.set_exception(failure)
        # Where nobody waits, nobody needs to be told.
        self.ended.exception()
