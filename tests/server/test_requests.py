"""Requests on the wire: what is known of one that came before is what Uvicorn reads of it."""

import json
import random
from typing import Any

import pytest
from server.connecting import LAST, config_of, exchanged, exchanged_with, served
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from pressroom.cms.server.connection import Connection
from pressroom.cms.server.known_heads import KnownHeads

pytestmark = pytest.mark.anyio

STREAMS = 40
"""Connections that are tried; each sends its requests in the pieces that a seed says."""
HEADS = (
    b"GET / HTTP/1.1\r\nHost: test\r\n",
    b"GET /a%20b?c=%64 HTTP/1.1\r\nHost: test\r\nX: 1\r\nX: 2\r\n",
    b"POST / HTTP/1.1\r\nhost: test\r\nCookie: a=b\r\n",
    b"POST / HTTP/1.1\r\nHost: test\r\nConnection: keep-alive\r\n",
    b"PUT /x HTTP/1.1\r\nHost: test\r\nContent-Type:  text/plain \r\n",
)
CHUNKED = (
    b"POST / HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"
)
PARTS = ("method", "path", "query_string", "http_version", "headers")


async def echo(scope: Any, receive: Any, send: Any) -> None:
    """Answer with all that is known of a request."""
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    told = {name: repr(scope[name]) for name in PARTS} | {"body": repr(body)}
    content = json.dumps(told).encode()
    length = (b"content-length", b"%d" % len(content))
    await send({"type": "http.response.start", "status": 200, "headers": [length]})
    await send({"type": "http.response.body", "body": content})


def request(chance: random.Random) -> bytes:
    """Make one of few requests, so that heads come again."""
    head = chance.choice(HEADS)
    if chance.random() < 0.1:
        return CHUNKED
    if head.startswith(b"GET"):
        return head + b"\r\n"
    body = b"x" * chance.choice([0, 1, 1, 5])
    return head + b"Content-Length: %d\r\n\r\n" % len(body) + body


def pieces_of(seed: int) -> list[bytes]:
    chance = random.Random(seed)
    requests = [request(chance) for _ in range(12)]
    pieces = []
    while requests:
        taken = b"".join(
            requests.pop() for _ in range(min(len(requests), chance.choice([1, 1, 2])))
        )
        cut = chance.randrange(len(taken)) if chance.random() < 0.3 else len(taken)
        pieces += [taken[:cut], taken[cut:]]
    return [piece for piece in (*pieces, LAST) if piece]


@pytest.mark.parametrize("seed", range(STREAMS))
async def test_requests_are_what_uvicorn_reads(seed: int) -> None:
    pieces = pieces_of(seed)
    ours = await exchanged(echo, Connection, *pieces)
    assert ours.count(b"HTTP/1.1 200 OK") == 13
    assert ours == await exchanged(echo, HttpToolsProtocol, *pieces)


@pytest.mark.parametrize("seed", range(8))
async def test_what_is_no_request_is_refused_after_one_that_was(seed: int) -> None:
    good = HEADS[4] + b"Content-Length: 1\r\n\r\n"
    bad = [b"x" + good + b"1", good.replace(b"1\r\n\r\n", b"1 1\r\n\r\n"), b"\0", good[4:] + b"1"]
    pieces = [good + b"1", good + b"2", bad[seed % 4]] + [good + b"3"] * (seed // 4)
    ours = await exchanged(echo, Connection, *pieces)
    assert b"400 Bad Request" in ours
    assert ours == await exchanged(echo, HttpToolsProtocol, *pieces)


async def test_a_head_is_known_when_it_comes_again() -> None:
    config = config_of(echo, Connection)
    sent = HEADS[0] + b"\r\n"
    async with served(config) as port:
        await exchanged_with(port, sent, LAST)
        assert config.known_heads.find(sent) is not None
        assert config.known_heads.find(sent + b"x") is None
        assert config.known_heads.find(sent[:-1]) is None


@pytest.mark.parametrize("header", [b"Authorization: Bearer x", b"Cookie: a=b", b"Expect: x"])
async def test_secrets_are_not_remembered(header: bytes) -> None:
    config = config_of(echo, Connection)
    sent = HEADS[0] + header + b"\r\n\r\n"
    async with served(config) as port:
        await exchanged_with(port, sent, LAST)
    assert config.known_heads.find(sent) is None


def test_what_is_remembered_is_bounded() -> None:
    known, scope = KnownHeads(), {"method": "GET", "path": "/", "raw_path": b"/"}
    scope |= {"query_string": b"", "headers": []}
    for number in range(2_000):
        known.learn(b"GET /%d HTTP/1.1\r\n\r\n" % number, scope, bytearray())
    assert len(known) <= 512
    known.learn(b"GET /%b HTTP/1.1\r\n\r\n" % (b"x" * 3_000), scope, bytearray())
    assert known.find(b"GET /%b HTTP/1.1\r\n\r\n" % (b"x" * 3_000)) is None
