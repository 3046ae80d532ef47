import asyncio
from typing import Any

import orjson
import pytest

from pressroom.cms.http.caller import Caller
from pressroom.cms.http.graphql import GraphQLEndpoint
from pressroom.cms.http.operations import GraphQLRequest, GraphQLResponse

pytestmark = pytest.mark.anyio

SCOPE = {
    "type": "http",
    "method": "POST",
    "path": "/graphql",
    "query_string": b"",
    "headers": [(b"content-type", b"application/json"), (b"host", b"test")],
}


class Client:
    """Sends a request, and hangs up when told to."""

    def __init__(self) -> None:
        self.gone = asyncio.Event()
        self.sent: list[dict[str, Any]] = []
        self._events = iter([{"type": "http.request", "body": b'{"query": "{ hello }"}'}])

    async def receive(self) -> dict[str, Any]:
        for event in self._events:
            return event
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(message)

    @property
    def status(self) -> int:
        status: int = self.sent[0]["status"]
        return status

    @property
    def error(self) -> dict[str, Any]:
        error: dict[str, Any] = orjson.loads(self.sent[1]["body"])["errors"][0]
        return error


class Work:
    """An executor that does not come to an end by itself."""

    def __init__(self) -> None:
        self.begun = asyncio.Event()
        self.cancelled = False

    async def __call__(self, request: GraphQLRequest, caller: Caller) -> GraphQLResponse:
        self.begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise
        raise AssertionError("it ended")


async def test_what_nobody_waits_for_is_cancelled() -> None:
    work, client = Work(), Client()
    endpoint = GraphQLEndpoint(work)
    answering = asyncio.create_task(endpoint(dict(SCOPE), client.receive, client.send))
    await work.begun.wait()
    client.gone.set()
    await asyncio.wait_for(answering, 5)
    assert work.cancelled
    assert client.status == 400


async def test_what_takes_too_long_is_cancelled_and_told() -> None:
    work, client = Work(), Client()
    endpoint = GraphQLEndpoint(work, timeout=0.1)
    await asyncio.wait_for(endpoint(dict(SCOPE), client.receive, client.send), 5)
    assert work.cancelled
    assert client.status == 503
    assert client.error["extensions"] == {"code": "INTERNAL"}
    assert "within 0.1 seconds" in client.error["message"]


async def test_a_task_that_others_cancel_ends_as_cancelled() -> None:
    work, client = Work(), Client()
    endpoint = GraphQLEndpoint(work)
    answering = asyncio.create_task(endpoint(dict(SCOPE), client.receive, client.send))
    await work.begun.wait()
    answering.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(answering, 5)
    assert work.cancelled
    assert client.sent == []


async def test_an_answer_in_time_is_sent_by_a_task_that_nobody_cancels() -> None:
    client = Client()

    async def work(request: GraphQLRequest, caller: Caller) -> GraphQLResponse:
        await asyncio.sleep(0)
        return GraphQLResponse(b"{}")

    task = asyncio.current_task()
    await GraphQLEndpoint(work, timeout=0.1)(dict(SCOPE), client.receive, client.send)
    assert client.status == 200
    assert task is not None
    assert task.cancelling() == 0
