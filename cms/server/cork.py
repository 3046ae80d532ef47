"""Transports whose writes leave together, when the event loop has come round.

Whoever reads answers on the same machine, a proxy or a test, is woken by each that arrives, at the
cost of who writes it. Of answers that are made in one turn of the event loop and leave together,
the first alone wakes it.
"""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import Any

_MOST = 65_536
"""Bytes that wait on one connection at most."""
LONGEST = 0.002
"""Seconds that an answer waits for others, at most, before the next one has both sent."""


class Cork:
    """Keeps back what is written in one turn of the event loop."""

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []
        self._since = 0.0

    def hold(self, flush: Callable[[], None]) -> None:
        """Have a function called soon: when the turn ends, or others have waited for too long."""
        if not self._waiting:
            self._since = monotonic()
            asyncio.get_running_loop().call_soon(self._pull)
        self._waiting.append(flush)
        if monotonic() - self._since > LONGEST:
            self._pull()

    def _pull(self) -> None:
        waiting, self._waiting = self._waiting, []
        for flush in waiting:
            flush()


class CorkedTransport(asyncio.Transport):
    """A transport that holds back what is written to it."""

    def __init__(self, transport: asyncio.Transport, cork: Cork) -> None:
        super().__init__()
        self._transport = transport
        self._cork = cork
        self._held: list[Any] = []
        self._size = 0

    def write(self, data: Any) -> None:
        """Write, soon; in the order of writing."""
        self._held.append(data)
        self._size += len(data)
        if self._size > _MOST:
            self._flush()
        elif len(self._held) == 1:
            self._cork.hold(self._flush)

    def close(self) -> None:
        """Close when all that was written is sent."""
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        """Close at once."""
        self._transport.abort()

    def is_closing(self) -> bool:
        """Tell whether it is closed, or about to be."""
        return self._transport.is_closing()

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        """Give what is known of the connection."""
        return self._transport.get_extra_info(name, default)

    def pause_reading(self) -> None:
        """Read no more for now."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read again."""
        self._transport.resume_reading()

    def _flush(self) -> None:
        held, self._held, self._size = self._held, [], 0
        if held and not self._transport.is_closing():
            self._transport.write(b"".join(held))
