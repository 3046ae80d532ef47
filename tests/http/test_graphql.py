import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from pressroom.cms.actors import Actor, Role
from pressroom.cms.errors import Unauthenticated, Unavailable
from pressroom.cms.http.operations import GraphQLResponse, Outcome

pytestmark = pytest.mark.anyio

JSON = {"Content-Type": "application/json"}
MODERN = "application/graphql-response+json"
PREFLIGHT = {"GraphQL-Require-Preflight": "1"}


async def post(client: httpx.AsyncClient, body: Any, **headers: str) -> httpx.Response:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return await client.post("/graphql", content=content, headers={**JSON, **headers})


def only_error(response: httpx.Response) -> dict[str, Any]:
    answer = response.json()
    assert list(answer) == ["errors"]
    (error,) = answer["errors"]
    return dict(error)


async def test_post_answers_data(client: httpx.AsyncClient) -> None:
    body = {"query": "query Q($n: String) { hello(name: $n) }", "variables": {"n": "Ada"}}
    response = await post(client, body)
    assert response.status_code == 200
    assert response.json() == {"data": {"hello": "Hello, Ada!"}}
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["vary"] == "Accept, Pressroom-Perspective"


MALFORMED = {
    "null": b"null",
    "a number": b"1",
    "a string": b'"x"',
    "a batch": b'[{"query": "{ hello }"}]',
    "an empty list": b"[]",
    "nothing": b"",
    "invalid UTF-8": b'{"query": "\xff"}',
    "a byte order mark": b'\xef\xbb\xbf{"query": "{ hello }"}',
    "half a surrogate": b'{"query": "{ hello }", "operationName": "\\ud800"}',
    "not a number": b'{"query": "{ hello }", "variables": {"n": NaN}}',
    "a huge integer": b'{"query": "{ hello }", "variables": {"n": ' + b"9" * 5_000 + b"}}",
    "deep lists": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "deep variables": b'{"query": "{ hello }", "variables": {"n": ' + b"[" * 99 + b"]" * 99 + b"}}",
    "too many values": b'{"query": "{ hello }", "variables": {"n": [' + b"1," * 400_000 + b"1]}}",
    "an open string": b'{"query": "' + b'\\"' * 400_000,
    "no query": b'{"qeury": "{ hello }"}',
    "a query that is null": b'{"query": null}',
}


@pytest.mark.parametrize("body", MALFORMED.values(), ids=MALFORMED.keys())
@pytest.mark.parametrize("accept", ["application/json", MODERN])
async def test_malformed_bodies_answer_400(
    client: httpx.AsyncClient, body: bytes, accept: str
) -> None:
    response = await post(client, body, Accept=accept)
    assert response.status_code == 400
    assert response.headers["content-type"].startswith(accept)
    assert only_error(response)["extensions"] == {"code": "BAD_USER_INPUT"}


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("query", 1), ("query", ["x"]), ("operationName", {}), ("operationName", False)]
    + [(name, value) for name in ("variables", "extensions") for value in ("{}", 0, True, [])],
)
async def test_wrong_types_are_named(
    client: httpx.AsyncClient, parameter: str, value: object
) -> None:
    response = await post(client, {"query": "{ hello }", parameter: value})
    assert response.status_code == 400
    assert f"`{parameter}`" in only_error(response)["message"]


async def test_punctuation_within_strings_is_not_structure(client: httpx.AsyncClient) -> None:
    text = '[{",\\"' * 30_000
    query = "query Q($n: String) { hello(name: $n) }"
    response = await post(client, {"query": query, "variables": {"n": text}})
    assert response.json() == {"data": {"hello": f"Hello, {text}!"}}


@pytest.mark.parametrize(
    "content_type",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=iso-8859-1",
        "application/graphql",
    ],
)
async def test_what_a_foreign_form_can_send_is_refused(
    client: httpx.AsyncClient, content_type: str
) -> None:
    response = await post(client, {"query": "{ hello }"}, **{"Content-Type": content_type})
    assert response.status_code == 415
    assert only_error(response)["extensions"]["code"] == "BAD_USER_INPUT"


async def test_a_compressed_body_is_refused(client: httpx.AsyncClient) -> None:
    response = await post(client, b"\x1f\x8b", **{"Content-Encoding": "gzip"})
    assert response.status_code == 415


async def test_an_announced_body_beyond_the_limit_answers_413(client: httpx.AsyncClient) -> None:
    response = await post(client, b" " * 1_000_001)
    assert response.status_code == 413
    assert "1000000 bytes" in only_error(response)["message"]


async def test_a_streamed_body_is_cut_off_at_the_limit(client: httpx.AsyncClient) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 1
            yield b" " * 100_000

    response = await client.post("/graphql", content=endless(), headers=JSON)
    assert response.status_code == 413
    assert sent <= 11


async def test_a_body_at_the_limit_is_read(serve: Any) -> None:
    async with serve(max_body=100) as client:
        fits = await post(client, b'{"query": "{ hello }"}'.ljust(100))
        exceeds = await post(client, b'{"query": "{ hello }"}'.ljust(101))
    assert (fits.status_code, exceeds.status_code) == (200, 413)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/json", "application/json"),
        (MODERN, MODERN),
        (f"{MODERN}, application/json", MODERN),
        (f"application/json, {MODERN}", "application/json"),
        (f"{MODERN};q=0.5, application/json;q=0.9", "application/json"),
        (f"{MODERN}; charset=utf-8, application/json; charset=utf-8", MODERN),
        ("application/json;q=0, */*", MODERN),
        ("image/png, */*;q=0.1", "application/json"),
    ],
)
async def test_the_answers_media_type_is_negotiated(
    client: httpx.AsyncClient, accept: str, media_type: str
) -> None:
    response = await post(client, {"query": "{ hello }"}, Accept=accept)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{media_type}; charset=utf-8"


@pytest.mark.parametrize("accept", ["text/plain", "text/html", "image/*", "application/json;q=0"])
async def test_a_client_that_takes_no_json_gets_406(client: httpx.AsyncClient, accept: str) -> None:
    response = await post(client, {"query": "{ hello }"}, Accept=accept)
    assert response.status_code == 406


@pytest.mark.parametrize("query", ["{", "{ unknown }", "query Q($n: String!) { hello(name: $n) }"])
@pytest.mark.parametrize(("accept", "status"), [("application/json", 200), (MODERN, 400)])
async def test_request_errors_have_the_status_of_their_media_type(
    client: httpx.AsyncClient, query: str, accept: str, status: int
) -> None:
    response = await post(client, {"query": query}, Accept=accept)
    assert response.status_code == status
    assert "data" not in response.json()


async def test_an_answer_with_field_errors_is_still_an_answer(serve: Any) -> None:
    async def partial(*_: object) -> GraphQLResponse:
        return GraphQLResponse(b'{"data": {"a": null}, "errors": [{"message": "no"}]}')

    async with serve(execute=partial) as client:
        response = await post(client, {"query": "{ a }"}, Accept=MODERN)
    assert response.status_code == 200


async def test_get_executes_queries(client: httpx.AsyncClient) -> None:
    parameters = {
        "query": "query A($n: String) { hello(name: $n) } query B { role }",
        "variables": '{"n": "Zoë"}',
        "operationName": "A",
        "extensions": "",
    }
    response = await client.get("/graphql", params=parameters, headers=PREFLIGHT)
    assert response.json() == {"data": {"hello": "Hello, Zoë!"}}


async def test_get_refuses_mutations_before_they_run(client: httpx.AsyncClient) -> None:
    parameters = {"query": "mutation { wave }"}
    for accept in ("application/json", MODERN):
        headers = {**PREFLIGHT, "Accept": accept}
        response = await client.get("/graphql", params=parameters, headers=headers)
        assert response.status_code == 405
        assert response.headers["allow"] == "POST"


async def test_get_needs_a_header_that_foreign_pages_cannot_send(client: httpx.AsyncClient) -> None:
    bare = await client.get("/graphql", params={"query": "{ hello }"})
    assert bare.status_code == 400
    assert "GraphQL-Require-Preflight" in only_error(bare)["message"]
    headers = {"X-Requested-With": "XMLHttpRequest"}
    allowed = await client.get("/graphql", params={"query": "{ hello }"}, headers=headers)
    assert allowed.status_code == 200


@pytest.mark.parametrize(
    "query_string",
    [
        "",
        "query=",
        "query=%ff",
        "query={hello}&query={role}",
        "query={hello}&variables={",
        "query={hello}&variables=[]",
        "query={hello}&extensions=1",
        "&".join(["a=b"] * 30),
    ],
)
async def test_malformed_addresses_answer_400(client: httpx.AsyncClient, query_string: str) -> None:
    response = await client.get(f"/graphql?{query_string}", headers=PREFLIGHT)
    assert response.status_code == 400
    assert only_error(response)["extensions"]["code"] == "BAD_USER_INPUT"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "HEAD"])
async def test_other_methods_are_told_which_there_are(
    client: httpx.AsyncClient, method: str
) -> None:
    response = await client.request(method, "/graphql")
    assert response.status_code == 405
    assert response.headers["allow"] == "GET, POST"


async def test_the_host_tells_who_is_asking(serve: Any) -> None:
    async def authenticate(request: Any) -> Actor:
        if request.headers.get("authorization") != "Bearer good":
            raise Unauthenticated("This token is not known.")
        return Actor(Role.EDITOR, "Ada")

    async with serve(authenticate=authenticate) as client:
        known = await post(client, {"query": "{ role }"}, Authorization="Bearer good")
        unknown = await post(client, {"query": "{ role }"}, Authorization="Bearer bad")
    assert known.json() == {"data": {"role": "EDITOR"}}
    assert unknown.status_code == 401
    assert unknown.headers["www-authenticate"] == "Bearer"
    assert only_error(unknown)["extensions"]["code"] == "UNAUTHENTICATED"


async def test_without_authentication_everybody_is_a_reader(client: httpx.AsyncClient) -> None:
    response = await post(client, {"query": "{ role }"})
    assert response.json() == {"data": {"role": "READER"}}


@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (Unavailable("The database does not answer."), 503, "The database does not answer."),
        (RuntimeError("password=hunter2"), 500, "Internal error."),
    ],
)
async def test_faults_answer_without_telling_secrets(
    serve: Any, error: Exception, status: int, message: str
) -> None:
    async def failing(*_: object) -> GraphQLResponse:
        raise error

    async with serve(execute=failing) as client:
        response = await post(client, {"query": "{ hello }"})
    assert response.status_code == status
    assert only_error(response) == {"message": message, "extensions": {"code": "INTERNAL"}}


async def test_an_executors_headers_are_kept(serve: Any) -> None:
    async def cached(*_: object) -> GraphQLResponse:
        headers = {"Cache-Control": "max-age=60", "Vary": "Authorization"}
        return GraphQLResponse(b"{}", Outcome.DATA, headers)

    async with serve(execute=cached) as client:
        response = await post(client, {"query": "{ hello }"})
    assert response.headers["cache-control"] == "max-age=60"
    assert response.headers["vary"] == "Authorization, Accept, Pressroom-Perspective"


@pytest.mark.parametrize(
    ("options", "headers", "address"),
    [
        ({}, {}, "http://test"),
        ({"prefix": "/cms"}, {}, "http://test/cms"),
        ({"prefix": "/a b"}, {}, "http://test/a%20b"),
        ({}, {"Host": "[::1]:8000"}, "http://[::1]:8000"),
        ({}, {"Host": "evil/<script>"}, "http://test"),
        ({"public_url": "https://example.org/press/"}, {}, "https://example.org/press"),
    ],
)
async def test_addresses_begin_where_the_caller_found_us(
    serve: Any, options: dict[str, str], headers: dict[str, str], address: str
) -> None:
    async with serve(**options) as client:
        response = await post(client, {"query": "{ address }"}, **headers)
    assert response.json() == {"data": {"address": address}}
