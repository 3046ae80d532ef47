"""Writers, one after the other."""

import asyncio
from types import TracebackType

from ..errors import Unavailable


class Turn:
    """The right to write, given in the order in which it is asked for.

    Raises Unavailable for who waits longer than so many seconds.
    """

    def __init__(self, lock: asyncio.Lock, seconds: float) -> None:
        self._lock = lock
        self._seconds = seconds

    async def __aenter__(self) -> None:
        try:
            async with asyncio.timeout(self._seconds):
                await self._lock.acquire()
        except TimeoutError:
            raise too_many_writers() from None

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._lock.release()


def too_many_writers() -> Unavailable:
    """Give the error for who waited to write in vain."""
    return Unavailable("Too much is being written at once; nothing of this was stored.")
