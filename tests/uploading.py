"""Sending images through HTTP, as clients of the GraphQL multipart request specification do."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import httpx
from operations.library import MUTATIONS
from pictures import picture
from writing import Desk

from pressroom.cms.actors import Role
from pressroom.cms.content import Author

PREFLIGHT = {"GraphQL-Require-Preflight": "1"}
ONE: Mapping[str, Sequence[str]] = {"0": ["variables.input.file"]}


async def send_form(
    desk: Desk,
    operations: Any,
    places: Any = ONE,
    files: Mapping[str, bytes] | None = None,
    *,
    role: Role | None = Role.EDITOR,
    author: Author | None = None,
    headers: Mapping[str, str] = PREFLIGHT,
) -> httpx.Response:
    """Send a form, well made or not."""
    token = await desk.token(role, author)
    authorization = {"Authorization": f"Bearer {token}"} if token else {}
    parts: list[tuple[str, Any]] = [
        ("operations", (None, json.dumps(operations))),
        ("map", (None, json.dumps(places))),
        # Names and types lie, as they may.
        *((key, ("x.svg", file, "image/svg+xml")) for key, file in (files or {}).items()),
    ]
    return await desk.api.http.post("/graphql", files=parts, headers={**headers, **authorization})


async def send_image(
    desk: Desk,
    content: bytes,
    *,
    role: Role | None = Role.EDITOR,
    author: Author | None = None,
    **said: Any,
) -> dict[str, Any]:
    """Send an image, and give the whole answer."""
    sent = {"query": MUTATIONS["upload_image"], "variables": {"input": {"file": None, **said}}}
    response = await send_form(desk, sent, files={"0": content}, role=role, author=author)
    answer: dict[str, Any] = response.json()
    return answer


async def upload(desk: Desk, content: bytes | None = None, **said: Any) -> dict[str, Any]:
    """Send an image that is taken in, and give it as it is answered."""
    answer = await send_image(desk, content or picture(), **said)
    assert "errors" not in answer, answer
    payload = answer["data"]["uploadImage"]
    assert payload["userErrors"] == []
    image: dict[str, Any] = payload["image"]
    return image


async def faults(desk: Desk, content: bytes, **said: Any) -> list[tuple[str, list[str]]]:
    """Send an image that is refused; nothing may be stored by it."""
    await desk.token(said.get("role", Role.EDITOR), said.get("author"))
    before = await desk.stored()
    payload = (await send_image(desk, content, **said))["data"]["uploadImage"]
    assert payload["image"] is None
    assert await desk.stored() == before
    return [(error["code"], error["path"]) for error in payload["userErrors"]]
