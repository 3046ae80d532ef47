"""Finished answers: the very messages that a server is sent, ready to be sent again."""

from collections.abc import Sequence
from hashlib import sha256

from starlette.types import Receive, Scope, Send

from . import entity_tags

_DIGITS = 32
"""Of a digest, in hexadecimal: as much of it as tells answers apart."""
_NOT_OF_A_304 = frozenset({b"content-length", b"content-type"})

RawHeader = tuple[bytes, bytes]


class Answer:
    """A response that is whole; `headers` leave out the length of its body."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, headers: Sequence[RawHeader], body: bytes) -> None:
        self.status = status
        self.headers: list[RawHeader] = [*headers, (b"content-length", b"%d" % len(body))]
        self.body = body

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it."""
        await _send(send, self.status, self.headers, self.body)


class Finished(Answer):
    """An answer whose tag can be compared with those that a client has (RFC 9110, 13.1.2)."""

    __slots__ = ("_tag",)

    def __init__(self, headers: Sequence[RawHeader], body: bytes, variant: bytes) -> None:
        """Finish an answer; its `ETag` follows from its body and `variant`, its media type."""
        # Processors have instructions for it: of all digests, it takes the least time.
        digest = sha256(body)
        digest.update(variant)
        self._tag = f'"{digest.hexdigest()[:_DIGITS]}"'
        super().__init__(200, [*headers, (b"etag", self._tag.encode())], body)

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it, or that the client has it already."""
        given = [value for name, value in scope["headers"] if name == b"if-none-match"]
        if given and entity_tags.names(b",".join(given).decode("latin-1"), self._tag):
            headers = [each for each in self.headers if each[0] not in _NOT_OF_A_304]
            await _send(send, 304, headers, b"")
        else:
            # Whoever passes messages on may write into them.
            await _send(send, 200, self.headers.copy(), self.body)


async def _send(send: Send, status: int, headers: list[RawHeader], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
