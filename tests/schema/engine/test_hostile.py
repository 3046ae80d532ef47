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
LONGEST_ANSWER = 20_000


def doubling(times: int) -> str:
    fragments = [f"fragment F{n} on Site {{ ...F{n + 1} ...F{n + 1} }}" for n in range(times)]
    return " ".join(["{ site { ...F0 } }", *fragments, f"fragment F{times} on Site {{ title }}"])


def nested(levels: int) -> str:
    return '{ post(by: {slug: "a"}) ' + "{ next " * levels + "{ id }" + " }" * levels + " }"


def negated(levels: int) -> str:
    condition = "{not: " * levels + "{}" + "}" * levels
    return f"{{ posts(where: {condition}) {{ nodes {{ id }} }} }}"


def introspecting(levels: int) -> str:
    return (
        '{ __type(name: "Post") ' + "{ fields { type " * levels + "{ name }" + " } }" * levels + "}"
    )


FRAGMENTS = [f"F{n}" for n in range(25)]
EACH_IN_EACH = " ".join(
    f"fragment {name} on Site {{ {' '.join(f'...{other}' for other in FRAGMENTS)} }}"
    for name in FRAGMENTS
)
FILTERED = "query ($where: PostFilter) { posts(where: $where) { nodes { id } } }"
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
    "300 directives": ("{ __typename" + " @include(if: true)" * 300 + " }", None),
    "unknown directives": ("{ __typename" + "".join(f" @x{n}" for n in range(600)) + " }", None),
    "fragments in one another": ("{ site { ...F0 } } " + EACH_IN_EACH, None),
    "conditions 450 deep": (negated(450), None),
    "conditions 60 deep": (negated(60), None),
    "an alternative of 5,000": (FILTERED, {"where": {"or": [{"not": {"x": 1}}] * 5_000}}),
    "introspection of introspection": (introspecting(9), None),
    "900 unknown fields": ("{ " + " ".join(f"psots{n}" for n in range(900)) + " }", None),
    "a long name": ("{ " + "x" * 99_000 + " }", None),
    "a long key": (FILTERED, {"where": {"x" * 200_000: 1}}),
    "a long number": ("{ posts(first: " + "9" * 99_000 + ") { nodes { id } } }", None),
    "half a character": ('{ node(id: "\\ud800") { id } }', None),
    "unclosed": ("{ a(b: " + "[" * 1_800, None),
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
    assert len(client.answer) < LONGEST_ANSWER
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
