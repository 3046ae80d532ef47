"""Answers on the wire: ours are Uvicorn's, byte for byte, and leave in one piece."""

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar

import pytest
from server.connecting import GET, LAST, PATIENCE, config_of, exchanged, served
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from pressroom.cms.server import cork
from pressroom.cms.server.connection import Connection

pytestmark = pytest.mark.anyio

TYPE = (b"Content-Type", b"text/plain")


def length(size: int) -> tuple[bytes, bytes]:
    return (b"content-length", b"%d" % size)


def start(*headers: tuple[bytes, bytes], status: int = 200) -> dict[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": headers}


def body(content: bytes = b"", *, more: bool = False) -> dict[str, Any]:
    return {"type": "http.response.body", "body": content, "more_body": more}


ANSWERS = {
    "whole": [start(TYPE, length(5)), body(b"whole")],
    "empty": [start(TYPE, length(0)), body()],
    "in parts": [start(length(6)), body(b"two", more=True), body(b"two")],
    "with an end of its own": [start(length(3)), body(b"one", more=True), body()],
    "in chunks": [start(TYPE), body(b"one", more=True), body(b"two")],
    "without a body": [start(status=204), body()],
    "not modified": [start((b"etag", b'"x"'), status=304), body()],
    "last of its connection": [start(length(3), (b"connection", b"close")), body(b"end")],
    "too short": [start(length(9)), body(b"short")],
    "too long": [start(length(1)), body(b"long")],
    "told twice how long": [start(length(4), length(4)), body(b"four")],
    "not told how long": [start((b"content-length", b"four")), body(b"four")],
    "of two headers in one": [start(length(4), (b"x", b"a\r\nb: c")), body(b"four")],
    "of an unknown kind": [start(length(4)), {"type": "http.response.trailers"}],
    "given up": [start()],
}
REQUESTS = {
    "alone": LAST,
    "after another": GET + LAST,
    "of the head alone": LAST.replace(b"GET", b"HEAD"),
    "of old": b"GET / HTTP/1.0\r\n\r\n",
    "with a body that is waited for": LAST.replace(
        b"\r\n\r\n", b"\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n"
    ),
}


def saying(messages: Sequence[dict[str, Any]]) -> Any:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        for message in messages:
            await send(message)

    return application


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
@pytest.mark.parametrize("messages", ANSWERS.values(), ids=ANSWERS)
async def test_answers_are_what_uvicorn_makes_of_them(
    messages: Sequence[dict[str, Any]], request_: bytes
) -> None:
    application = saying(messages)
    ours = await exchanged(application, Connection, request_)
    assert ours == await exchanged(application, HttpToolsProtocol, request_)


async def test_what_fails_before_its_body_is_told_so() -> None:
    async def failing(scope: Any, receive: Any, send: Any) -> None:
        await send(start(length(4)))
        raise ValueError("on purpose")

    assert (await exchanged(failing, Connection, GET)).startswith(b"HTTP/1.1 500 ")


class Watched(Connection):
    """A connection that notes what is written to it."""

    written: ClassVar[list[bytes]] = []

    def connection_made(self, transport: Any) -> None:
        super().connection_made(_Watching(transport, self.written))


class _Watching:
    def __init__(self, transport: asyncio.Transport, written: list[bytes]) -> None:
        self._transport = transport
        self._written = written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        self._written.append(data)
        self._transport.write(data)


async def test_head_and_body_leave_in_one_piece() -> None:
    Watched.written.clear()
    await exchanged(saying(ANSWERS["whole"]), Watched, GET + LAST)
    written, *_ = Watched.written
    assert written.startswith(b"HTTP/1.1 200 OK\r\n")
    assert written.endswith(b"\r\n\r\nwhole")


@pytest.mark.parametrize(("longest", "together"), [(10.0, 5), (0.0, 1)])
async def test_answers_of_one_turn_leave_together(
    monkeypatch: pytest.MonkeyPatch, longest: float, together: int
) -> None:
    monkeypatch.setattr(cork, "LONGEST", longest)
    Watched.written.clear()
    seen: list[int] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.append(len(Watched.written))
        await saying(ANSWERS["whole"])(scope, receive, send)

    async with served(config_of(application, Watched)) as port:
        connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(5)]
        for _, writer in connections:
            writer.write(GET)
        for reader, writer in connections:
            await asyncio.wait_for(reader.readuntil(b"whole"), PATIENCE)
            writer.close()
    assert seen == [number - number % together for number in range(5)]


async def test_a_long_answer_is_not_held_back_in_memory() -> None:
    Watched.written.clear()
    parts = [body(b"x" * 30_000, more=True)] * 10
    answer = await exchanged(saying([start(), *parts, body()]), Watched, LAST)
    assert answer.count(b"x") == 300_000
    assert max(map(len, Watched.written)) < 100_000


async def test_a_head_that_is_too_long_is_refused_before_it_ends() -> None:
    assert b" 431 " in await exchanged(saying([]), Connection, GET[:-2] + b"X: " + b"x" * 70_000)
