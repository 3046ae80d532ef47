"""Connections that do not wait for ever.

Uvicorn ends connections on which nothing happens between two requests. For the rest of a request
that has begun it waits without end, and so it does for a client that does not take its answer: who
opens a few hundred of those has them all. Here the client has its seconds for each.
"""

import asyncio
from enum import Enum, auto

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from .alarm import Alarm
from .config import ServerConfig
from .cork import CorkedTransport
from .cycle import Cycle
from .known_heads import KnownHead

_TIMEOUT = "408 Request Timeout"
_TOO_LARGE = "431 Request Header Fields Too Large"


class Stage(Enum):
    """What is to come next on a connection."""

    HEAD = auto()
    BODY = auto()
    ANSWER = auto()


class HeadTooLarge(Exception):
    """The request line and the headers together are longer than is allowed."""


class Connection(HttpToolsProtocol):
    """A connection whose client sends in time and within bounds, and takes its answers."""

    config: ServerConfig

    _stage = Stage.HEAD
    _request = 0
    """The number of the present request on this connection."""
    _head = 0
    """Bytes of the present request's head that came before the present piece."""
    _piece = 0
    """Bytes of what is being read."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as in Uvicorn
        """Begin to wait for a request."""
        super().connection_made(CorkedTransport(transport, self.config.cork))
        self._most = self.config.max_header_bytes
        self.url, self.headers = b"", []
        self._sending, self._taking = Alarm(self.loop), Alarm(self.loop)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._sending.off()
        self._taking.off()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what was sent, and give the client its time for what is to come."""
        is_idle = self._is_idle
        known = self.config.known_heads.find(data) if is_idle else None
        if known is None:
            self._parse(data, begins_here=is_idle)
        else:
            self._begin(*known)

    def _parse(self, data: bytes, *, begins_here: bool) -> None:
        before = self._stage, self._request
        self._piece = len(data)
        super().data_received(data)
        has_moved = (self._stage, self._request) != before
        if has_moved:
            self._wait()
        if self._stage is Stage.HEAD and (begins_here or not has_moved):
            self._head += len(data)
            if self._head > self._most:
                self._refuse(_TOO_LARGE)
        elif has_moved and begins_here and self._request == before[1] + 1:
            self._learn(data)
        elif not has_moved and self._is_answered:
            # Line ends between two requests begin none, and stop Uvicorn's own timer.
            self._stage = Stage.HEAD
            self._wait()

    def _begin(self, known: KnownHead, body: bytes) -> None:
        """Begin to answer a request that is here as a whole, with nothing to be parsed."""
        self._unset_keepalive_if_required()
        self._sending.off()
        self.on_message_begin()
        self.scope.update(known.parts)  # type: ignore[typeddict-item] # named as the entries are
        self.headers.extend(known.headers)
        self.cycle = self._cycle()
        self._start_asgi_task(self.cycle, self.app)
        self.on_body(body)
        self.on_message_complete()

    def _cycle(self) -> Cycle:
        return Cycle(
            scope=self.scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=False,
            keep_alive=True,
            on_response=self.on_response_complete,
        )

    def _learn(self, data: bytes) -> None:
        """Remember the head of a piece with which a request began, if that was all of it."""
        is_whole = self._stage is Stage.ANSWER and self.cycle.keep_alive
        if is_whole and self.limit_concurrency is None:
            self.config.known_heads.learn(data, self.scope, self.cycle.body)

    @property
    def _is_idle(self) -> bool:
        """Whether what comes next begins a request."""
        return self._is_answered if self._request else self._head == 0

    @property
    def _is_answered(self) -> bool:
        return self._stage is Stage.ANSWER and self.cycle.response_complete

    def on_message_begin(self) -> None:
        """Begin a request."""
        self._stage = Stage.HEAD
        self._request += 1
        self._head = 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Begin to answer."""
        if self._is_too_large():
            raise HeadTooLarge
        self._stage = Stage.BODY
        super().on_headers_complete()
        # Uvicorn makes it of its own class, and runs it when the event loop comes round.
        self.cycle.__class__ = Cycle

    def on_message_complete(self) -> None:
        """End a request."""
        self._stage = Stage.ANSWER
        super().on_message_complete()

    def pause_writing(self) -> None:
        """Give the client its time to take what it is sent."""
        super().pause_writing()
        self._taking.set(self.config.body_timeout, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on."""
        self._taking.off()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Refuse what cannot be parsed."""
        if self._is_too_large():
            self._refuse(_TOO_LARGE)
        else:
            super().send_400_response(msg)

    def _is_too_large(self) -> bool:
        """Tell whether address and headers are; most are known to be small without counting."""
        if self._head + self._piece <= self._most:
            return False
        fields = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.url) + fields > self._most

    def _wait(self) -> None:
        self._sending.off()
        if self._stage is Stage.HEAD:
            self._sending.set(self.config.header_timeout, self._expire)
        elif self._stage is Stage.BODY:
            self._sending.set(self.config.body_timeout, self._expire)

    def _expire(self) -> None:
        if self._stage is Stage.HEAD and self._is_answering:
            # The request before this one is ours to finish.
            self._wait()
        else:
            self._refuse(_TIMEOUT)

    @property
    def _is_answering(self) -> bool:
        cycle = getattr(self, "cycle", None)
        return cycle is not None and not cycle.response_complete

    def _refuse(self, status: str) -> None:
        """End the connection, with a word unless an answer has been begun."""
        answered = self._stage is Stage.BODY and self.cycle.response_started
        if not answered:
            lines = f"HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"
            self.transport.write(lines.encode())
        self.transport.close()
