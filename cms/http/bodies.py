"""Reading a request's body without ever holding more of it than is allowed."""

from starlette.requests import ClientDisconnect, Request

from .rejections import Rejected

MEGABYTE = 1_000_000


async def read_body(request: Request, limit: int = MEGABYTE) -> bytes:
    """Read the whole body, at most `limit` bytes, however it is framed.

    Raises:
        Rejected: 413 when it is longer, announced or not; 400 when the client hangs up half-way.
    """
    _check_announced_length(request.headers.get("content-length"), limit)
    received = bytearray()
    try:
        async for chunk in request.stream():
            if len(received) + len(chunk) > limit:
                raise _too_long(limit)
            received += chunk
    except ClientDisconnect:
        raise Rejected(400, "The request's body ended too early.") from None
    return bytes(received)


def _check_announced_length(announced: str | None, limit: int) -> None:
    if announced is None:
        return
    # Counting digits first keeps a header of thousands of them from being converted.
    if not (announced.isascii() and announced.isdigit()):
        raise Rejected(400, "The header Content-Length is not a number.")
    if len(announced.lstrip("0")) > len(str(limit)) or int(announced) > limit:
        raise _too_long(limit)


def _too_long(limit: int) -> Rejected:
    return Rejected(413, f"The request's body is longer than {limit} bytes.")
