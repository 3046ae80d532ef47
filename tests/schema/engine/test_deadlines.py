"""Requests that the database keeps waiting: told in time, and ended when nobody waits."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import orjson
import pytest
from serving import API, serving

from pressroom.cms.settings import Settings

pytestmark = pytest.mark.anyio

POSTS = "{ posts { nodes { id } } }"
SITE = "{ site { title } }"


@asynccontextmanager
async def locked(settings: Settings, **given: Any) -> AsyncIterator[tuple[API, asyncpg.Connection]]:
    """Serve while another client keeps all posts to itself, which no reader can wait out."""
    async with serving(dataclasses.replace(settings, **given)) as api:
        other = await asyncpg.connect(settings.database_url)
        watching = await asyncpg.connect(settings.database_url)
        try:
            async with other.transaction():
                await other.execute("LOCK TABLE posts IN ACCESS EXCLUSIVE MODE")
                yield api, watching
        finally:
            await other.close()
            await watching.close()


async def failing(api: API) -> str:
    """Send what must fail because of the database, and give the reason."""
    response = await api.http.post("/graphql", json={"query": POSTS})
    assert response.status_code == 503
    (error,) = response.json()["errors"]
    assert error["extensions"] == {"code": "INTERNAL"}
    return str(error["message"])


async def test_a_statement_has_its_time(postgresql_settings: Settings) -> None:
    async with locked(postgresql_settings, statement_timeout=0.1) as (api, _):
        assert "took too long" in await failing(api)
        assert await api.data(SITE) == {"site": {"title": "The Sample"}}


async def test_a_connection_is_waited_for_so_long(postgresql_settings: Settings) -> None:
    async with locked(postgresql_settings, pool_size=1, pool_timeout=0.1) as (api, watching):
        first = asyncio.create_task(api.http.post("/graphql", json={"query": POSTS}))
        await waiters(watching, 1)
        assert "too busy" in await failing(api)
        first.cancel()
        await asyncio.wait([first])


async def test_a_request_has_its_time(postgresql_settings: Settings) -> None:
    async with locked(postgresql_settings, request_timeout=0.2) as (api, watching):
        assert "within 0.2 seconds" in await failing(api)
        await waiters(watching, 0)


async def test_a_query_ends_when_its_client_hangs_up(postgresql_settings: Settings) -> None:
    gone = asyncio.Event()
    events = iter([{"type": "http.request", "body": orjson.dumps({"query": POSTS})}])
    sent = []

    async def receive() -> Any:
        for event in events:
            return event
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b""}
    headers = [(b"content-type", b"application/json"), (b"host", b"test")]
    async with locked(postgresql_settings) as (api, watching):
        answering = asyncio.create_task(api.app({**scope, "headers": headers}, receive, send))
        await waiters(watching, 1)
        gone.set()
        await asyncio.wait_for(answering, 5)
        await waiters(watching, 0)


async def waiters(connection: asyncpg.Connection, count: int) -> None:
    """Wait until so many readers wait for the lock."""
    query = """
        SELECT count(*) FROM pg_stat_activity
        WHERE wait_event_type = 'Lock' AND application_name = 'pressroom-reading'
    """
    async with asyncio.timeout(2):
        while await connection.fetchval(query) != count:  # noqa: ASYNC110 the server sets no event
            await asyncio.sleep(0.01)
