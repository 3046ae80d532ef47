"""Finished answers: the very messages that a server is sent, ready to be sent again."""

from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from starlette.responses import Response
from starlette.types import Receive, Scope, Send

_LONGEST_BODY = 16_384
_DIGEST = 16
_NOT_OF_A_304 = frozenset({b"content-length", b"content-type"})
_DECISIVE = (
    b"host",
    b"accept",
    b"content-type",
    b"content-encoding",
    b"content-length",
    b"authorization",
    b"graphql-require-preflight",
    b"x-requested-with",
    b"pressroom-cost",
    b"pressroom-perspective",
)
"""The headers by which an answer may differ; `Authorization` is there to match nothing."""


class RequestKey(NamedTuple):
    """What a request is recognised by when it comes again in the same bytes."""

    key: Hashable
    size: int


def request_key(scope: Scope, body: bytes) -> RequestKey | None:
    """Give the key of a request by somebody who does not say who they are.

    None where it is too long to be worth it, or bears a header twice.
    """
    headers = dict(scope["headers"])
    query_string = scope["query_string"]
    size = len(body) + len(query_string)
    if len(headers) != len(scope["headers"]) or size > _LONGEST_BODY or b"authorization" in headers:
        return None
    key = (
        scope["method"],
        scope.get("scheme"),
        scope.get("root_path"),
        scope.get("server"),
        query_string,
        body,
        *map(headers.get, _DECISIVE),
    )
    return RequestKey(key, size)


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
