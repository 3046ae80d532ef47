"""What is gathered on its way to a client comes whole, in order, and without waiting for more."""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from pressroom.cms.cli.gathering import Gathering

pytestmark = pytest.mark.anyio

PATIENCE = 5


@asynccontextmanager
async def _connected() -> AsyncIterator[tuple[Gathering, asyncio.StreamReader]]:
    """Open a connection over loopback, gathered at the one end and read at the other."""
    accepted: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
    server = await asyncio.start_server(
        lambda *streams: accepted.set_result(streams), "127.0.0.1", 0
    )
    async with server:
        _, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        transport = cast("asyncio.Transport", writer.transport)
        reader, theirs = await accepted
        yield Gathering(transport, asyncio.get_running_loop()), reader
        for each in (writer, theirs):
            each.close()
            await each.wait_closed()


async def test_everything_comes_in_order_however_it_is_written() -> None:
    dice = random.Random(7)
    pieces = [dice.randbytes(dice.choice([0, 1, 20, 5_000])) for _ in range(300)]
    async with _connected() as (gathering, reader):
        for piece in pieces:
            gathering.write(piece)
            if dice.random() < 0.3:
                await asyncio.sleep(0)
        gathering.close()
        assert gathering.is_closing()
        assert await asyncio.wait_for(reader.read(), PATIENCE) == b"".join(pieces)


async def test_what_is_written_alone_does_not_wait_for_more() -> None:
    async with _connected() as (gathering, reader):
        gathering.write(b"a head")
        assert await asyncio.wait_for(reader.readexactly(6), PATIENCE) == b"a head"
