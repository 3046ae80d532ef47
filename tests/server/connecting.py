"""Connections to a server in the same event loop: bytes that are sent, and bytes that come back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from pressroom.cms.server.config import ServerConfig
from pressroom.cms.settings import Settings

GET = b"GET / HTTP/1.1\r\nHost: test\r\n\r\n"
LAST = b"GET / HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n"
PATIENCE = 20
"""Seconds for an answer."""


@asynccontextmanager
async def served(config: uvicorn.Config) -> AsyncIterator[int]:
    """Accept connections, without all else that Uvicorn does from time to time."""
    config.load()
    state = ServerState()
    accepting = await asyncio.get_running_loop().create_server(
        lambda: config.http_protocol_class(config=config, server_state=state, app_state={}),
        "127.0.0.1",
        0,
    )
    try:
        yield accepting.sockets[0].getsockname()[1]
    finally:
        accepting.close()
        for connection in list(state.connections):
            connection.shutdown()


def config_of(application: Any, protocol: type[HttpToolsProtocol]) -> ServerConfig:
    options: dict[str, Any] = {"http": protocol, "lifespan": "off", "log_config": None}
    return ServerConfig(application, Settings(), **options)


async def exchanged(application: Any, protocol: type[HttpToolsProtocol], *sent: bytes) -> bytes:
    async with served(config_of(application, protocol)) as port:
        return await exchanged_with(port, *sent)


async def exchanged_with(port: int, *sent: bytes) -> bytes:
    """Send pieces, and give all that is answered until the connection ends."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for piece in sent:
        writer.write(piece)
        # The server runs in the same event loop: a few turns of it, and the piece has arrived.
        for _ in range(5):
            await asyncio.sleep(0)
    received = await asyncio.wait_for(reader.read(), PATIENCE)
    writer.close()
    return received
