"""One request and its answer, of which the head goes along with the body.

Uvicorn writes the one after the other, and each is sent at once: two system calls and two packets
for what is nearly always there at the same time. An answer that says how long it is waits here for
its body, and where that comes whole, all is written in one piece; lines that were put together
before are not put together again. Whatever else there is to decide, Uvicorn decides.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from uvicorn.protocols.http.httptools_impl import (
    HEADER_RE,
    HEADER_VALUE_RE,
    STATUS_LINE,
    RequestResponseCycle,
)

_LENGTH = b"content-length"
_DECIDING = frozenset({b"connection", b"transfer-encoding", _LENGTH})
"""Headers that say how the connection goes on."""
_KEPT = 500


class _Head(NamedTuple):
    """The lines of an answer's headers, and how long its body will be."""

    lines: bytes
    length: int


class Cycle(RequestResponseCycle):
    """A request on a connection, from the head of it to the end of the answer."""

    _start: Any = None
    """The message that began an answer which waits for its body."""
    _head: _Head

    async def send(self, message: Any) -> None:
        """Take a message of the application's."""
        start, self._start = self._start, None
        # Nothing was sent of an answer that fails before its body: another may begin.
        if start is None or message["type"] == "http.response.start":
            if not self._may_wait(message):
                await super().send(message)
        elif self._is_whole(message):
            self._write(STATUS_LINE[start["status"]], message.get("body", b""))
        else:
            await super().send(start)
            await super().send(message)

    def _may_wait(self, message: Any) -> bool:
        """Have a message wait for the next, if it begins an answer whose length is told."""
        if self.response_started or message["type"] != "http.response.start" or self.access_log:
            return False
        head = _head_of(tuple(map(tuple, (*self.default_headers, *message.get("headers", ())))))
        if head is None or not self.keep_alive or self.scope["method"] == "HEAD":
            return False
        self._start, self._head = message, head
        return True

    def _is_whole(self, message: Any) -> bool:
        """Tell whether a message brings all of the body, and now is the time to write it."""
        return (
            message["type"] == "http.response.body"
            and not message.get("more_body")
            and len(message.get("body", b"")) == self._head.length
            # A server that stops has its last answers say that they are.
            and self.keep_alive
            and not self.disconnected
            and not self.flow.write_paused
        )

    def _write(self, status: bytes, body: bytes) -> None:
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        self.transport.write(b"".join((status, self._head.lines, b"\r\n", body)))
        self.message_event.set()
        self.on_response()


@lru_cache(maxsize=_KEPT)
def _head_of(headers: Iterable[Sequence[bytes]]) -> _Head | None:
    """Put the lines of headers together; None where they don't tell the length, or tell more."""
    lines, lengths = [], []
    for name, value in headers:
        if name == _LENGTH:
            lengths.append(value)
        elif (line := _line_of(name, value)) is not None:
            lines.append(line)
        else:
            return None
    if len(lengths) != 1 or not lengths[0].isdigit():
        return None
    (length,) = lengths
    return _Head(b"%b%b: %b\r\n" % (b"".join(lines), _LENGTH, length), int(length))


@lru_cache(maxsize=_KEPT)
def _line_of(name: bytes, value: bytes) -> bytes | None:
    """Write a header; None where Uvicorn has to look at it."""
    name = name.lower()
    return b"%b: %b\r\n" % (name, value) if _is_plain(name, value) else None


def _is_plain(name: bytes, value: bytes) -> bool:
    is_sound = not HEADER_RE.search(name) and not HEADER_VALUE_RE.search(value)
    return is_sound and name not in _DECIDING
