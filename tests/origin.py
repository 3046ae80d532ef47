"""A web server on the loopback that answers whatever a test wants, and notes what it was asked."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing, suppress
from dataclasses import dataclass, field

Send = Callable[[asyncio.StreamWriter], Awaitable[None]]


@dataclass
class Origin:
    """A server; `answers` are whole, or written by a function, by their paths."""

    port: int = 0
    answers: dict[str, bytes | Send] = field(default_factory=dict)
    connections: int = 0
    asked: list[str] = field(default_factory=list)
    """The paths that were asked for."""
    tasks: set[asyncio.Task[None] | None] = field(default_factory=set)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self.tasks.add(asyncio.current_task())
        with closing(writer), suppress(ConnectionError, asyncio.IncompleteReadError):
            head = await reader.readuntil(b"\r\n\r\n")
            path = head.split()[1].decode()
            self.asked.append(path)
            answer = self.answers.get(path, answered(b"", "404 Not Found"))
            if isinstance(answer, bytes):
                writer.write(answer)
                await writer.drain()
            else:
                await answer(writer)


@asynccontextmanager
async def origin(context: ssl.SSLContext | None = None) -> AsyncIterator[Origin]:
    """Run a server for as long as the context lasts."""
    known = Origin()
    server = await asyncio.start_server(known.answer, "127.0.0.1", ssl=context)
    try:
        known.port = server.sockets[0].getsockname()[1]
        yield known
    finally:
        server.close()
        tasks = [task for task in known.tasks if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def answered(content: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """Write an answer with its length."""
    told = {"Content-Length": str(len(content)), **headers}
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in told.items())]
    return "".join(f"{line}\r\n" for line in (*lines, "")).encode() + content


def leading_to(address: str) -> bytes:
    """Write an answer that leads elsewhere."""
    return answered(b"", "302 Found", Location=address)


async def never(_writer: asyncio.StreamWriter) -> None:
    """Answer nothing, and keep the connection."""
    await asyncio.Event().wait()


async def endless(writer: asyncio.StreamWriter) -> None:
    """Answer without an end."""
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(bytes(65_536))
        await writer.drain()


async def drop_by_drop(writer: asyncio.StreamWriter) -> None:
    """Answer headers without an end, each at once but never the last."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X: y\r\n")
        await writer.drain()
        await asyncio.sleep(0.01)
