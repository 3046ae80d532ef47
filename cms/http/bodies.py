"""Reading a request's body without ever holding more of it than is allowed."""

from starlette.requests import Request
from starlette.types import Message, Scope

from .rejections import Rejected

MEGABYTE = 1_000_000
_DIGITS = 18
"""Of a length in bytes, at most: no limit has as many."""


async def read_body(request: Request, limit: int = MEGABYTE) -> bytes:
    """Read the whole body, at most `limit` bytes, however it is framed.

    Raises:
        Rejected: 413 when it is longer, announced or not; 400 when the client hangs up half-way.
    """
    check_announced_length(request.scope, limit)
    received = bytearray()
    while True:
        message = await request.receive()
        chunk = _chunk(message)
        if len(received) + len(chunk) > limit:
            raise too_long(limit)
        if not message.get("more_body"):
            return bytes(received + chunk) if received else chunk
        received += chunk


def _chunk(message: Message) -> bytes:
    if message["type"] == "http.disconnect":
        raise Rejected(400, "The request's body ended too early.")
    chunk: bytes = message.get("body", b"")
    return chunk


def check_announced_length(scope: Scope, limit: int) -> None:
    """Refuse a body by its header Content-Length, before any of it is read.

    Raises:
        Rejected: 413 when it will be longer than `limit` bytes; 400 when that is no number.
    """
    for name, announced in scope["headers"]:
        if name != b"content-length":
            continue
        if not announced.isdigit():
            raise Rejected(400, "The header Content-Length is not a number.")
        # Counting digits first keeps a header of thousands of them from being converted.
        if len(announced.lstrip(b"0")) > _DIGITS or int(announced) > limit:
            raise too_long(limit)


def too_long(limit: int) -> Rejected:
    """Say that a body is longer than `limit` bytes."""
    return Rejected(413, f"The request's body is longer than {limit} bytes.")
