"""Timers of connections."""

import asyncio
from collections.abc import Callable


class Alarm:
    """Calls a function, unless it is turned off before."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._timer: asyncio.TimerHandle | None = None

    def set(self, seconds: float, ring: Callable[[], None]) -> None:
        """Call after so many seconds."""
        self.off()
        self._timer = self._loop.call_later(seconds, ring)

    def off(self) -> None:
        """Do not call."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
