"""One request and its answer (HTTP/1.1), within a bound on bytes; on time, the caller has one."""

import asyncio
import ssl
from dataclasses import dataclass, field

from httptools import HttpParserError, HttpResponseParser

from .addresses import addresses_of
from .failure import NotFetched
from .hosts import Target

_MOST_AROUND = 65_536
"""Bytes of an answer besides its content: headers, and what chunks are wrapped in."""
_AT_ONCE = 65_536


@dataclass(slots=True)
class Answer:
    """What a server answered; the parser calls it as it reads."""

    status: int = 0
    content: bytearray = field(default_factory=bytearray)
    is_whole: bool = False
    headers: dict[bytes, bytes] = field(default_factory=dict)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Note a header."""
        self.headers[name.lower()] = value

    def on_body(self, part: bytes) -> None:
        """Note a part of the content."""
        self.content += part

    def on_message_complete(self) -> None:
        """Note that there is no more to come."""
        self.is_whole = True

    @property
    def ends_with_connection(self) -> bool:
        """Whether nothing else tells where it ends."""
        return not self.headers.keys() & {b"content-length", b"transfer-encoding"}


async def exchange(target: Target, most: int) -> Answer:
    """Ask for what is at a target, `most` bytes of it. Raises NotFetched, and OSError."""
    reader, writer = await _connected(target)
    try:
        writer.write(_request(target))
        return await _answer(reader, most)
    except HttpParserError:
        raise NotFetched("Its host answered something that is not HTTP.") from None
    finally:
        writer.transport.abort()


async def _connected(target: Target) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to the first of a target's addresses that can be reached."""
    # Reading whom the system trusts takes a while.
    context = await asyncio.to_thread(ssl.create_default_context) if target.is_secure else None
    name = target.host if target.is_secure else None
    failure = OSError("a host without addresses")
    for address in await addresses_of(target):
        try:
            return await asyncio.open_connection(
                address, target.port, ssl=context, server_hostname=name
            )
        except OSError as error:
            failure = error
    raise failure


def _request(target: Target) -> bytes:
    lines = (
        f"GET {target.path} HTTP/1.1",
        f"Host: {target.authority}",
        "User-Agent: Pressroom",
        "Accept: image/*",
        "Accept-Encoding: identity",
        "Connection: close",
    )
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode("ascii")


async def _answer(reader: asyncio.StreamReader, most: int) -> Answer:
    answer, received = Answer(), 0
    parser = HttpResponseParser(answer)
    while not answer.is_whole and (part := await reader.read(_AT_ONCE)):
        parser.feed_data(part)
        received += len(part)
        if len(answer.content) > most or received > most + _MOST_AROUND:
            raise NotFetched(f"It has more than {most:,} bytes.")
    if not answer.is_whole and not (answer.headers and answer.ends_with_connection):
        raise NotFetched("Its host broke off in the middle.")
    answer.status = parser.get_status_code()
    return answer
