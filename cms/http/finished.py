"""Finished answers: the very messages that a server is sent, ready to be sent again."""

from dataclasses import dataclass
from hashlib import blake2b

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_DIGEST = 16
_NOT_OF_A_304 = frozenset({b"content-length", b"content-type"})


@dataclass(frozen=True, slots=True)
class Finished:
    """A response whose tag can be compared with those that a client has (RFC 9110, 13.1.2)."""

    headers: list[tuple[bytes, bytes]]
    unchanged_headers: list[tuple[bytes, bytes]]
    body: bytes
    tag: bytes

    @classmethod
    def of(cls, response: Response) -> "Finished":
        """Finish a response; its `ETag` follows from its body and media type."""
        digest = blake2b(bytes(response.body), digest_size=_DIGEST)
        digest.update(response.headers["content-type"].encode())
        tag = f'"{digest.hexdigest()}"'
        response.headers["ETag"] = tag
        headers = list(response.raw_headers)
        unchanged = [header for header in headers if header[0] not in _NOT_OF_A_304]
        return cls(headers, unchanged, bytes(response.body), tag.encode())

    async def __call__(self, scope: Scope, _receive: Receive, send: Send) -> None:
        """Send it, or that the client has it already."""
        given = [value for name, value in scope["headers"] if name == b"if-none-match"]
        if given and self._is_among(b",".join(given)):
            status, headers, body = 304, self.unchanged_headers, b""
        else:
            status, headers, body = 200, self.headers, self.body
        # Whoever passes messages on may write into them.
        await send({"type": "http.response.start", "status": status, "headers": headers.copy()})
        await send({"type": "http.response.body", "body": body})

    def _is_among(self, given: bytes) -> bool:
        tags = (tag.strip().removeprefix(b"W/") for tag in given.split(b","))
        return any(tag in {b"*", self.tag} for tag in tags)
