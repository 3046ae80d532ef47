"""The server audits of the npm package `graphql-http`: the package's own, and a port of them.

The port runs everywhere. The package's own run where `npm install --prefix var/audits graphql-http
graphql` has put them.
"""

import asyncio
import json
import shutil
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn

pytestmark = pytest.mark.anyio

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "var" / "audits" / "node_modules"
JSON = "application/json"
MODERN = "application/graphql-response+json"
QUERY = "{ __typename }"
TYPE = "query Type($name: String!) { __type(name: $name) { name } }"
COERCION = {"query": "query CoerceFailure($id: ID!){ __typename }", "variables": {"id": None}}
# A name cannot begin with a digit, so this is an error whatever the schema.
UNKNOWN = {"query": "{ 8f31403dfe404bccbb0e835f2629c6a7 }"}


@dataclass(frozen=True)
class Audit:
    """One request, and what its answer must be."""

    id: str
    body: Any = field(default_factory=lambda: {"query": QUERY})
    accept: str | None = None
    content_type: str | None = JSON
    address: Mapping[str, str] | None = None  # the parameters of a GET
    statuses: range = range(200, 201)
    answers: str | None = None  # the media type
    without: str | None = None  # what the answer must not have


def accepting() -> Iterator[Audit]:
    yield Audit("22EB", accept=MODERN, answers=MODERN)
    yield Audit("4655", accept=JSON, answers=JSON)
    yield Audit("47DE", accept="*/*", answers=JSON)
    yield Audit("80D8", answers=JSON)
    yield Audit("82A3", answers=JSON)
    unicode = {"query": '{ __type(name: "Run🏃Swim🏊") { name } }'}
    yield Audit("BF61", unicode, content_type=f"{JSON}; charset=utf-8")
    yield Audit("78D5")
    yield Audit("2C94")
    yield Audit("9ABE", content_type=None, statuses=range(400, 500))
    yield Audit("03D4")


def addresses() -> Iterator[Audit]:
    yield Audit("5A70", address={"query": QUERY})
    mutation = {"query": "mutation { __typename }"}
    yield Audit("9C48", address=mutation, accept=MODERN, statuses=range(400, 500))
    typed = {"query": TYPE, "variables": '{"name": "sometype"}'}
    yield Audit("D6D5", address=typed, accept=MODERN, without="errors")
    yield Audit("6A70", address=typed, accept=JSON, without="errors")


def parameters() -> Iterator[Audit]:
    bad = range(400, 401)
    yield Audit("A5BF", b"", statuses=bad)
    yield Audit("423L", {"notquery": QUERY}, accept=MODERN, statuses=bad)
    for index, value in enumerate([{"obj": "ect"}, 0, False, ["array"]]):
        yield Audit(f"LKJ{index}", {"query": value}, statuses=bad)
        yield Audit(f"6C0{index}", {"query": QUERY, "operationName": value}, statuses=bad)
    for index, value in enumerate(["string", 0, False, ["array"]]):
        yield Audit(f"476{index}", {"query": QUERY, "variables": value}, statuses=bad)
        yield Audit(f"58B{index}", {"query": QUERY, "extensions": value}, statuses=bad)
    for index, name in enumerate(["variables", "operationName", "extensions"]):
        yield Audit(f"94B{index}", {"query": QUERY, name: None}, accept=MODERN, without="errors")
        yield Audit(f"022{index}", {"query": QUERY, name: None}, accept=JSON, without="errors")
    yield Audit("8764", {"qeury": QUERY}, statuses=range(400, 600))
    yield Audit("3E3A", {"qeury": QUERY}, statuses=bad)


def allowed() -> Iterator[Audit]:
    named = {"query": "query Query { __typename }", "operationName": "Query"}
    typed = {"query": TYPE, "variables": {"name": "sometype"}}
    extended = {"query": QUERY, "extensions": {"some": "value"}}
    plain = {"query": QUERY}
    pairs = [("34A2", "13EE", plain), ("8161", "B8B3", named)]
    pairs += [("2EA1", "28B9", typed), ("428F", "1B7A", extended)]
    for modern, legacy, body in pairs:
        yield Audit(modern, body, accept=MODERN)
        yield Audit(legacy, body, accept=JSON, without="errors")


def failures() -> Iterator[Audit]:
    bad, any_failure = range(400, 401), range(400, 600)
    half, unparsed = b'{ "not a JSON', {"query": "{"}
    yield Audit("B6DC", half, accept=JSON, statuses=range(200, 600))
    yield Audit("BCF8", half, accept=JSON, statuses=bad)
    yield Audit("B7N8", half, accept=MODERN, statuses=bad)
    for legacy, body in [("572B", unparsed), ("FDE2", UNKNOWN), ("7B9B", COERCION)]:
        yield Audit(legacy, body, accept=JSON)
    yield Audit("865D", unparsed, accept=MODERN, statuses=any_failure)
    yield Audit("556A", unparsed, accept=MODERN, statuses=bad)
    yield Audit("D586", unparsed, accept=MODERN, statuses=bad, without="data")
    yield Audit("51FE", UNKNOWN, accept=MODERN, statuses=any_failure)
    yield Audit("74FF", UNKNOWN, accept=MODERN, statuses=bad)
    yield Audit("5E5B", UNKNOWN, accept=MODERN, statuses=bad, without="data")
    yield Audit("86EE", COERCION, accept=MODERN, statuses=bad)


AUDITS = [*accepting(), *addresses(), *parameters(), *allowed(), *failures()]


def test_there_are_61_audits() -> None:
    assert len({audit.id for audit in AUDITS}) == len(AUDITS) == 61


@pytest.mark.parametrize("audit", AUDITS, ids=lambda audit: audit.id)
async def test_port(client: httpx.AsyncClient, audit: Audit) -> None:
    response = await send(client, audit)
    assert response.status_code in audit.statuses
    if audit.answers:
        assert audit.answers in response.headers["content-type"]
    if audit.without:
        assert audit.without not in response.json()
    response.content.decode("utf-8")


async def send(client: httpx.AsyncClient, audit: Audit) -> httpx.Response:
    headers = {"Accept": audit.accept, "Content-Type": audit.content_type}
    del client.headers["accept"]
    given = {name: value for name, value in headers.items() if value is not None}
    if audit.address is not None:
        given["GraphQL-Require-Preflight"] = "1"
        return await client.get("/graphql", params=audit.address, headers=given)
    content = audit.body if isinstance(audit.body, bytes) else json.dumps(audit.body).encode()
    return await client.post("/graphql", content=content, headers=given)


@pytest.mark.skipif(
    shutil.which("node") is None or not (PACKAGE / "graphql-http").is_dir(),
    reason="the package graphql-http is not there",
)
async def test_the_packages_own_audits(serve: Any) -> None:
    app = serve()._transport.app
    async with listening(app) as address:
        script = Path(__file__).with_name("audits.mjs")
        process = await asyncio.create_subprocess_exec(
            "node", script, PACKAGE, f"{address}/graphql", stdout=asyncio.subprocess.PIPE
        )
        output, _ = await process.communicate()
    results = json.loads(output)
    assert [result for result in results if result["status"] != "ok"] == []
    assert {result["id"] for result in results} == {audit.id for audit in AUDITS}


@asynccontextmanager
async def listening(app: Any) -> AsyncIterator[str]:
    """Serve `app` on a free port of the loopback interface."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        config = uvicorn.Config(app, log_level="warning", lifespan="off")
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        await serving
