"""Forms with files through HTTP: who may send them, and what becomes of those that are none."""

import json
from dataclasses import replace
from typing import Any

import anyio
import pytest
import serving
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from operations.library import MUTATIONS
from pictures import picture
from serving import API
from uploading import ONE, PREFLIGHT, send_form
from writing import Desk

from pressroom.cms.actors import Role
from pressroom.cms.settings import Settings

pytestmark = pytest.mark.anyio

UPLOAD = {"query": MUTATIONS["upload_image"], "variables": {"input": {"file": None}}}
FILE = {"0": picture()}


@pytest.fixture
def desk(api: API) -> Desk:
    return Desk(api)


def code(answer: Any) -> str:
    (error,) = answer.json()["errors"]
    assert error["message"]
    return str(error["extensions"]["code"])


@pytest.mark.parametrize(
    "header", ["GraphQL-Require-Preflight", "Apollo-Require-Preflight", "X-Requested-With"]
)
async def test_a_form_is_taken_with_a_header_that_no_foreign_page_can_send(
    desk: Desk, header: str
) -> None:
    response = await send_form(desk, UPLOAD, files=FILE, headers={header: "1"})
    assert response.status_code == 200
    assert response.json()["data"]["uploadImage"]["image"]["width"] == 120


async def test_a_form_of_a_foreign_page_is_refused(desk: Desk) -> None:
    response = await send_form(desk, UPLOAD, files=FILE, headers={})
    assert (response.status_code, code(response)) == (400, "BAD_USER_INPUT")
    assert "GraphQL-Require-Preflight" in response.text


@pytest.mark.parametrize(
    ("role", "status", "expected"),
    [(None, 401, "UNAUTHENTICATED"), (Role.READER, 403, "FORBIDDEN"),
     (Role.CONTRIBUTOR, 403, "FORBIDDEN")],
)  # fmt: skip
async def test_a_form_of_who_may_not_send_files_is_not_read(
    desk: Desk, role: Role | None, status: int, expected: str
) -> None:
    token = await desk.token(role)
    read: list[bytes] = []

    async def body() -> Any:
        read.append(b"x")
        yield b"--x"

    headers = {**PREFLIGHT, "Content-Type": "multipart/form-data; boundary=x"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    response = await desk.api.http.post("/graphql", content=body(), headers=headers)
    assert (response.status_code, code(response)) == (status, expected)
    assert read == []


async def test_several_files_go_where_the_map_says(desk: Desk) -> None:
    query = """mutation($one: UploadImageInput!, $all: [Upload!]!) {
      one: uploadImage(input: $one) { image { width } }
      two: uploadImage(input: {file: $two}) { image { width } }
    }""".replace("$all: [Upload!]!", "$two: Upload!")
    sent = {"query": query, "variables": {"one": {"file": None}, "two": None}}
    places = {"a": ["variables.one.file"], "b": ["variables.two"]}
    files = {"a": picture(size=(30, 20)), "b": picture(size=(50, 20))}
    data = (await send_form(desk, sent, places, files)).json()["data"]
    assert (data["one"]["image"]["width"], data["two"]["image"]["width"]) == (30, 50)


async def test_one_file_may_stand_in_two_places(desk: Desk) -> None:
    query = """mutation($one: Upload!, $two: Upload!) {
      one: uploadImage(input: {file: $one}) { image { id url } }
      two: uploadImage(input: {file: $two}) { image { id url } }
    }"""
    sent = {"query": query, "variables": {"one": None, "two": None}}
    response = await send_form(desk, sent, {"0": ["variables.one", "variables.two"]}, FILE)
    data = response.json()["data"]
    assert data["one"]["image"]["url"] == data["two"]["image"]["url"]
    assert data["one"]["image"]["id"] != data["two"]["image"]["id"]


async def test_a_form_may_hold_a_query_without_files(desk: Desk) -> None:
    response = await send_form(desk, {"query": "{ viewer { role } }"}, {})
    assert response.json() == {"data": {"viewer": {"role": "EDITOR"}}}


@pytest.mark.parametrize("value", ["a text", 7, {"name": "x.png"}])
async def test_what_is_no_file_is_none(desk: Desk, value: Any) -> None:
    variables = {"input": {"file": value}}
    answer = await desk.api.error(
        MUTATIONS["upload_image"], variables, await desk.token(Role.EDITOR)
    )
    assert answer["extensions"]["code"] == "BAD_USER_INPUT"
    assert "send a file as a part of a form" in answer["message"]


async def test_a_file_is_no_text(desk: Desk) -> None:
    query = "mutation($name: String!) { createAuthor(input: {name: $name}) { author { id } } }"
    sent = {"query": query, "variables": {"name": None}}
    response = await send_form(desk, sent, {"0": ["variables.name"]}, FILE)
    assert code(response) == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    ("operations", "places", "files", "told"),
    [
        ([UPLOAD], ONE, FILE, "`operations` must be a JSON object"),
        ("x", ONE, FILE, "`operations` must be a JSON object"),
        ({}, ONE, FILE, "`query` is missing"),
        ({"query": "{ site { title } }"}, ONE, FILE, "no null in `operations`"),
        (UPLOAD, [], FILE, "`map` must be an object"),
        (UPLOAD, {"0": "variables.input.file"}, FILE, "`map` must be an object"),
        (UPLOAD, {"0": [1]}, FILE, "`map` must be an object"),
        (UPLOAD, {str(n): ["variables.input.file"] for n in range(11)}, FILE, "10 files at most"),
        (UPLOAD, {"0": ["variables.input.file"] * 11}, FILE, "10 files at most"),
        (UPLOAD, {"0": ["query"]}, FILE, "no null in `operations`"),
        (UPLOAD, {"0": ["variables"]}, FILE, "no null in `operations`"),
        (UPLOAD, {"0": ["variables.input"]}, FILE, "no null in `operations`"),
        (UPLOAD, {"0": ["variables.input.other"]}, FILE, "no null in `operations`"),
        (UPLOAD, {"0": ["variables.input.file.0"]}, FILE, "no null in `operations`"),
        (UPLOAD, {"0": ["variables.input.file", "variables.input.file"]}, FILE, "no null in"),
        (UPLOAD, {"0": ["__class__.x"]}, FILE, "no null in `operations`"),
        (UPLOAD, ONE, {}, "`0` is missing"),
        (UPLOAD, ONE, {"0": b"", "1": b""}, "`1` is not named by `map`"),
    ],
)
async def test_forms_that_make_no_sense(
    desk: Desk, operations: Any, places: Any, files: dict[str, bytes], told: str
) -> None:
    response = await send_form(desk, operations, places, files)
    assert (response.status_code, code(response)) == (400, "BAD_USER_INPUT")
    assert told in response.json()["errors"][0]["message"]


def part(name: str, content: bytes | str, *more: str) -> bytes:
    head = [f'Content-Disposition: form-data; name="{name}"', *more]
    body = content.encode() if isinstance(content, str) else content
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def form(*parts: bytes, end: bytes = b"--x--\r\n") -> bytes:
    return b"".join(b"--x\r\n" + each + b"\r\n" for each in parts) + end


OPERATIONS, MAP = part("operations", json.dumps(UPLOAD)), part("map", json.dumps(ONE))
WELL_MADE = form(OPERATIONS, MAP, part("0", picture(), "Content-Type: image/png"))


async def send_bytes(desk: Desk, body: bytes, boundary: str = "; boundary=x") -> Any:
    headers = {
        **PREFLIGHT,
        "Content-Type": f"multipart/form-data{boundary}",
        "Authorization": f"Bearer {await desk.token(Role.EDITOR)}",
    }
    return await desk.api.http.post("/graphql", content=body, headers=headers)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"nonsense", 400),
        (form(), 400),
        (form(OPERATIONS), 400),
        (form(MAP, OPERATIONS), 400),
        (form(OPERATIONS, part("0", b"x"), MAP), 400),
        (form(OPERATIONS, OPERATIONS, MAP), 400),
        (form(OPERATIONS, MAP, MAP), 400),
        (form(OPERATIONS, MAP, part("0", b"x"), part("0", b"x")), 400),
        (form(OPERATIONS, MAP, part("0", b"x"), end=b""), 400),
        (form(OPERATIONS, MAP, b"X: y\r\n\r\nx"), 400),
        (form(OPERATIONS, MAP, part("0", b"x", *[f"X-{n}: y" for n in range(20)])), 400),
        (form(OPERATIONS, MAP, part("0", b"x", "X: " + "y" * 10_000)), 400),
        (form(OPERATIONS, part("map", "[" * 5_000)), 400),
        (form(OPERATIONS, part("map", "1" * 10_001)), 413),
        (form(part("operations", "1" * 1_000_001)), 413),
    ],
)
async def test_forms_that_are_none(desk: Desk, body: bytes, status: int) -> None:
    response = await send_bytes(desk, body)
    assert (response.status_code, code(response)) == (status, "BAD_USER_INPUT")


@pytest.mark.parametrize("boundary", ["", "; boundary=", "; boundary=" + "x" * 300])
async def test_a_form_needs_a_boundary(desk: Desk, boundary: str) -> None:
    response = await send_bytes(desk, WELL_MADE, boundary)
    assert (response.status_code, code(response)) == (400, "BAD_USER_INPUT")


async def test_a_form_is_not_compressed(desk: Desk) -> None:
    headers = {**PREFLIGHT, "Content-Encoding": "gzip"}
    response = await send_form(desk, UPLOAD, files=FILE, headers=headers)
    assert response.status_code == 415


async def test_files_are_bounded_together(sqlite_settings: Settings) -> None:
    bounded = replace(sqlite_settings, max_upload_bytes=5_000)
    async with serving.serving(bounded) as api:
        desk = Desk(api)
        query = "query($a: Upload!, $b: Upload!) { __typename }"
        sent = {"query": query, "variables": {"a": None, "b": None}}
        places = {"a": ["variables.a"], "b": ["variables.b"]}
        for size, status in ((2_500, 200), (2_501, 413), (5_000_000, 413)):
            response = await send_form(desk, sent, places, {"a": bytes(size), "b": bytes(size)})
            assert response.status_code == status, response.text


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_is_sent_is_answered(sqlite_settings: Settings, data: st.DataObject) -> None:
    """Parts of a good form cut, doubled, mixed and changed: refused, and no fault of ours."""
    body = bytearray(WELL_MADE)
    for _ in range(data.draw(st.integers(1, 6))):
        start = data.draw(st.integers(0, len(body)))
        end = data.draw(st.integers(start, min(len(body), start + 60)))
        body[start:end] = data.draw(
            st.sampled_from(
                [b"", b"\r\n", b"--x", b"--x--", b'"', b"\0", bytes(body[start:end]) * 2]
            )
            | st.binary(max_size=8)
        )

    async def send() -> None:
        async with serving.serving(sqlite_settings) as api:
            response = await send_bytes(Desk(api), bytes(body))
            assert response.status_code in {200, 400, 413}, response.text
            assert "INTERNAL" not in response.text

    anyio.run(send)
