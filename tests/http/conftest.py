import json
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

import httpx
import pytest
from graphql import GraphQLError, OperationType, build_schema, execute, get_operation_ast, parse
from graphql import validate as validate_document
from starlette.applications import Starlette
from starlette.routing import Mount

from pressroom.cms.http.caller import Caller
from pressroom.cms.http.cross_origin import cors_middleware
from pressroom.cms.http.graphiql import GraphiQL
from pressroom.cms.http.graphql import GraphQLEndpoint, graphql_routes
from pressroom.cms.http.operations import GraphQLRequest, GraphQLResponse, Outcome

SCHEMA = build_schema("""
    type Query { hello(name: String = "world"): String! role: String! address: String! boom: Int! }
    type Mutation { wave: Int! }
""")


class Root:
    def __init__(self, caller: Caller) -> None:
        self.role = caller.actor.role.value
        self.address = caller.base_url
        self.waves = 0

    def hello(self, _info: Any, name: str) -> str:
        return f"Hello, {name}!"

    def wave(self, _info: Any) -> int:
        raise AssertionError("a mutation ran")


def refused(
    errors: list[GraphQLError], outcome: Outcome = Outcome.REQUEST_ERROR
) -> GraphQLResponse:
    body = json.dumps({"errors": [error.formatted for error in errors]})
    return GraphQLResponse(body.encode(), outcome)


async def execute_request(request: GraphQLRequest, caller: Caller) -> GraphQLResponse:
    """A small executor: graphql-core, without a store behind it."""
    try:
        document = parse(request.query)
    except GraphQLError as error:
        return refused([error])
    if errors := validate_document(SCHEMA, document):
        return refused(errors)
    operation = get_operation_ast(document, request.operation_name)
    if operation is None:
        return refused([GraphQLError("Unknown operation.")])
    if request.queries_only and operation.operation is not OperationType.QUERY:
        return refused([GraphQLError("Send it by POST.")], Outcome.NOT_A_QUERY)
    result = execute(
        SCHEMA, document, Root(caller), None, request.variables, request.operation_name
    )
    if result.data is None and result.errors and result.errors[0].path is None:
        return refused(result.errors)
    return GraphQLResponse(json.dumps(result.formatted).encode())


Serve = Callable[..., httpx.AsyncClient]


def serve(origins: Sequence[str] = (), prefix: str = "", **options: Any) -> httpx.AsyncClient:
    options = {"execute": execute_request, "graphiql": GraphiQL("{ hello }"), **options}
    routes = graphql_routes("/graphql", GraphQLEndpoint(**options))
    app = Starlette(routes=routes, middleware=cors_middleware(origins))
    mounted = Starlette(routes=[Mount(prefix, app)]) if prefix else app
    transport = httpx.ASGITransport(app=mounted)
    return httpx.AsyncClient(transport=transport, base_url=f"http://test{prefix}")


@pytest.fixture(name="serve")
def serve_fixture() -> Serve:
    """Serve the endpoint with options of the test's own; the answer is a client for it."""
    return serve


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    async with serve() as client:
        yield client


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
