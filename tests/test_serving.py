"""`pressroom serve` as a process: clients that stall, and coming to an end."""

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import factories
import httpx
import processes
import pytest
from sqlalchemy import func, select

from pressroom.cms.content import Comment
from pressroom.cms.settings import Settings, variable_of
from pressroom.cms.store.database import Database
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import reading_session

pytestmark = pytest.mark.anyio

HEAD = b"POST /graphql HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
STALLING = {
    "nothing": b"",
    "half a request line": b"POST /grap",
    "headers without end": HEAD + b"X-More: ",
    "a body that never comes": HEAD + b"Content-Length: 100\r\n\r\n{",
    "a chunk that never comes": HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\n{",
}
SUBMIT = """
mutation Submit($input: SubmitCommentInput!) {
  submitComment(input: $input) { comment { id } userErrors { message } }
}
"""
Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@contextmanager
def served(
    settings: Settings, folder: Path, *options: str, **given: object
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [Path(sys.executable).parent / "pressroom", "serve", "--port", "0", *options]
    given = {"database_url": settings.database_url, "media_dir": folder, **given}
    variables = {variable_of(name): str(value) for name, value in given.items()}
    with processes.started(command, folder, variables) as (process, address):
        yield process, address


@asynccontextmanager
async def connected(address: str, sent: bytes = b"") -> AsyncIterator[Stream]:
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(address).port)
    try:
        writer.write(sent)
        await writer.drain()
        yield reader, writer
    finally:
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()


async def answer(reader: asyncio.StreamReader) -> bytes:
    """Read until the server ends the connection."""
    return await asyncio.wait_for(reader.read(), 20)


async def answers(address: str) -> bool:
    async with httpx.AsyncClient(base_url=address) as client:
        response = await client.post("/graphql", json={"query": "{ site { title } }"})
    return response.json() == {"data": {"site": {"title": "The Sample"}}}


async def test_600_stalled_connections_do_not_stop_another(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    with served(sqlite_settings, tmp_path) as (_, address):
        async with AsyncExitStack() as stack:
            for sent in [*STALLING.values()] * 120:
                await stack.enter_async_context(connected(address, sent))
            assert await asyncio.wait_for(answers(address), 5)


async def test_clients_that_stall_are_sent_away(sqlite_settings: Settings, tmp_path: Path) -> None:
    timeouts = {"header_timeout": 0.2, "body_timeout": 0.2}
    with served(sqlite_settings, tmp_path, **timeouts) as (_, address):
        for sent in STALLING.values():
            async with connected(address, sent) as (reader, _):
                assert (await answer(reader)).startswith(b"HTTP/1.1 408 ")
        get = b"GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n"
        async with connected(address, get) as (reader, writer):
            await reader.readuntil(b'{"status":"ok"}')
            writer.write(b"\r\n")
            assert (await answer(reader)).startswith(b"HTTP/1.1 408 ")


async def test_a_header_sent_byte_by_byte_gains_no_time(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    with served(sqlite_settings, tmp_path, header_timeout=0.3) as (_, address):
        async with connected(address, HEAD + b"X-More: ") as (reader, writer):
            answered = asyncio.create_task(answer(reader))
            while not answered.done():
                writer.write(b"x")
                await asyncio.wait([answered], timeout=0.01)
            assert answered.result().startswith(b"HTTP/1.1 408 ")


async def test_an_idle_connection_is_ended(sqlite_settings: Settings, tmp_path: Path) -> None:
    with served(sqlite_settings, tmp_path, keep_alive_timeout=1) as (_, address):
        get = b"GET /healthz HTTP/1.1\r\nHost: test\r\n\r\n"
        async with connected(address, get + get) as (reader, _):
            assert (await answer(reader)).count(b"HTTP/1.1 200 OK") == 2


async def test_who_does_not_take_the_answer_is_sent_away(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    with served(sqlite_settings, tmp_path, body_timeout=0.2) as (process, address):
        async with httpx.AsyncClient(headers={"Accept": "text/html"}) as browser:
            page = await browser.get(f"{address}/graphql")
        path = re.findall(r'src="([^"]*graphiql.min.js)"', page.text)[0]
        get = f"GET /{path} HTTP/1.1\r\nHost: test\r\n\r\n".encode()
        with socket.create_connection(("127.0.0.1", urlsplit(address).port)) as client:
            # More than the buffers between the two can hold.
            client.sendall(get * 20)
            assert await asyncio.to_thread(client.recv, 1)
            # Who is still being answered would be waited for.
            process.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(process.wait, 10) == -signal.SIGTERM


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /" + b"x" * 5_000 + b" HTTP/1.1\r\n\r\n",
        HEAD + b"X-More: " + b"x" * 5_000 + b"\r\n\r\n",
        HEAD + b"X-More: x\r\n" * 1_000 + b"\r\n",
    ],
    ids=["address", "header", "headers"],
)
async def test_large_headers_are_refused(
    sqlite_settings: Settings, tmp_path: Path, sent: bytes
) -> None:
    with served(sqlite_settings, tmp_path, max_header_bytes=4_000) as (_, address):
        async with connected(address, sent) as (reader, _):
            assert (await answer(reader)).startswith(b"HTTP/1.1 431 ")
        async with connected(address) as (reader, writer):
            for place in range(0, len(sent) - 4, 500):
                writer.write(sent[place : place + 500])
                await asyncio.sleep(0)
            # To who is still sending, the end of the connection may come before the answer.
            with suppress(ConnectionError):
                assert (await answer(reader)).startswith(b"HTTP/1.1 431 ")


async def test_much_of_what_is_no_request_is_refused(
    sqlite_settings: Settings, tmp_path: Path
) -> None:
    with served(sqlite_settings, tmp_path, max_header_bytes=4_000) as (_, address):
        async with connected(address, b"\0" * 50_000) as (reader, _):
            with suppress(ConnectionError):
                assert (await answer(reader)).startswith(b"HTTP/1.1 400 ")
        assert await answers(address)


async def refused(address: str) -> None:
    """Wait until nobody is let in any more."""
    async with asyncio.timeout(10):
        while True:
            try:
                async with connected(address):
                    await asyncio.sleep(0.01)
            except OSError:
                return


@pytest.mark.parametrize("workers", ["1", "2"])
async def test_what_is_being_answered_at_the_end_is_answered_and_stored(
    settings: Settings, tmp_path: Path, workers: str
) -> None:
    database = Database(settings)
    post = await factories.make_post(database)
    sent = {"postId": encode_id("Post", post.id), "authorName": "Reader", "body": "Well said."}
    body = json.dumps({"query": SUBMIT, "variables": {"input": sent}}).encode()
    head = HEAD + b"Expect: 100-continue\r\nContent-Length: %d\r\n\r\n" % len(body)
    with served(settings, tmp_path, "--workers", workers) as (process, address):
        async with connected(address, head) as (reader, writer):
            await reader.readuntil(b"100 Continue\r\n\r\n")
            process.send_signal(signal.SIGTERM)
            await refused(address)
            writer.write(body)
            assert b'"userErrors":[]' in await answer(reader)
        assert await asyncio.to_thread(process.wait, 20) in {0, -signal.SIGTERM}
    async with reading_session(database) as session:
        assert await session.scalar(select(func.count()).select_from(Comment)) == 1
    await database.close()


@pytest.mark.parametrize("workers", ["1", "2"])
async def test_the_end_waits_for_nobody_for_ever(
    sqlite_settings: Settings, tmp_path: Path, workers: str
) -> None:
    head = HEAD + b"Expect: 100-continue\r\nContent-Length: 100\r\n\r\n"
    with served(sqlite_settings, tmp_path, "--workers", workers, stop_timeout=1) as served_by:
        process, address = served_by
        async with connected(address, head) as (reader, _):
            await reader.readuntil(b"100 Continue\r\n\r\n")
            process.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(process.wait, 15) in {0, -signal.SIGTERM}
