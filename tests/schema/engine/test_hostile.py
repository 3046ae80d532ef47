"""Requests that try to exhaust the server: each gets an error, soon and in little room."""

import gc
import json
import time
import tracemalloc
from collections.abc import AsyncIterator
from typing import Any

import pytest
from serving import API, serving

from pressroom.cms.settings import Settings

pytestmark = pytest.mark.anyio

CHUNK = 65_536
MEGABYTES = 5


def doubling(times: int) -> str:
    fragments = [f"fragment F{n} on Site {{ ...F{n + 1} ...F{n + 1} }}" for n in range(times)]
    return " ".join(["{ site { ...F0 } }", *fragments, f"fragment F{times} on Site {{ title }}"])


def nested(levels: int) -> str:
    return '{ post(by: {slug: "a"}) ' + "{ next " * levels + "{ id }" + " }" * levels + " }"


LIST = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }"
PAIRS = "{ site { " + "...F " * 400 + "} } fragment F on Site { " + "title " * 400 + "}"
REQUESTS: dict[str, tuple[str, Any]] = {
    "2 MB": ("{ site { title } } #" + "x" * 2_000_000, None),
    "a long comment": ("{ site { title } } #" + "x" * 200_000, None),
    "a long text": ('{ node(id: "' + "x" * 200_000 + '") { id } }', None),
    "10,000 aliases": ("{ " + " ".join(f"a{n}: __typename" for n in range(10_000)) + " }", None),
    "400 aliases": ("{ " + " ".join(f"a{n}: __typename" for n in range(400)) + " }", None),
    "fragments doubling 150 times": (doubling(150), None),
    "nesting 2,000": (nested(2_000), None),
    "nesting 150": (nested(150), None),
    "a million list items": (LIST, {"ids": ["a"] * 1_000_000}),
    "200,000 list items": (LIST, {"ids": ["a"] * 200_000}),
    "15,000 list items": (LIST, {"ids": ["a"] * 15_000}),
    "50,000 repeated fields": ("{ site { " + "title " * 50_000 + "} }", None),
    "pairs of fields": (PAIRS, None),
    "400 unknown keys": (
        "{ posts(where: {" + " ".join(f"slgu{n}: 1" for n in range(400)) + "}) { nodes { id } } }",
        None,
    ),
    "2,000 operations": ("{ __typename } " * 2_000, None),
    "400 directives": ("{ __typename" + " @include(if: true)" * 300 + " }", None),
}


class Client:
    """Sends one request, a chunk at a time, and keeps the answer."""

    def __init__(self, query: str, variables: Any) -> None:
        self._body = memoryview(json.dumps({"query": query, "variables": variables}).encode())
        self._place = 0
        self.answer = b""

    @property
    def scope(self) -> dict[str, Any]:
        headers = [(b"content-type", b"application/json"), (b"host", b"test")]
        scope = {"type": "http", "method": "POST", "path": "/graphql", "query_string": b""}
        return {**scope, "headers": headers}

    async def receive(self) -> Any:
        chunk = bytes(self._body[self._place : self._place + CHUNK])
        self._place += CHUNK
        more = self._place < len(self._body)
        return {"type": "http.request", "body": chunk, "more_body": more}

    async def send(self, message: Any) -> None:
        self.answer += message.get("body", b"")


async def error(api: API, client: Client) -> Any:
    await api.app(client.scope, client.receive, client.send)
    answer = json.loads(client.answer)
    assert "data" not in answer
    return answer["errors"][0]


@pytest.fixture
async def sqlite_api(sqlite_settings: Settings) -> AsyncIterator[API]:
    async with serving(sqlite_settings) as api:
        yield api


@pytest.mark.parametrize(("query", "variables"), REQUESTS.values(), ids=REQUESTS.keys())
async def test_it_is_refused_in_little_room(sqlite_api: API, query: str, variables: Any) -> None:
    begun = time.perf_counter()
    refused = await error(sqlite_api, Client(query, variables))
    seconds = time.perf_counter() - begun
    assert refused["extensions"]["code"] in {"BAD_USER_INPUT", "TOO_COMPLEX"}
    client = Client(query, variables)
    gc.collect()
    tracemalloc.start()
    try:
        assert await error(sqlite_api, client) == refused
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    print(f"{seconds:.3f} s, {peak / 1e6:.1f} MB")  # noqa: T201 times are told and not asserted
    assert peak < MEGABYTES * 1e6
    assert sqlite_api.statements == []
