from collections.abc import Sequence
from typing import Any

import pytest
from starlette.requests import Request

from pressroom.cms.http.bodies import read_body
from pressroom.cms.http.rejections import Rejected

pytestmark = pytest.mark.anyio


def request_of(messages: Sequence[dict[str, Any]], content_length: str | None = None) -> Request:
    headers = [(b"content-length", content_length.encode())] if content_length else []
    waiting = iter(messages)

    async def receive() -> dict[str, Any]:
        return next(waiting)

    return Request({"type": "http", "method": "POST", "headers": headers}, receive)


def part(body: bytes, more: bool = False) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


async def test_the_parts_of_a_body_are_joined() -> None:
    request = request_of([part(b"ab", more=True), part(b"", more=True), part(b"c")])
    assert await read_body(request, 3) == b"abc"


async def test_nothing_is_read_after_the_limit() -> None:
    request = request_of([part(b"ab", more=True), part(b"cd", more=True)])
    with pytest.raises(Rejected) as caught:
        await read_body(request, 3)
    assert caught.value.status == 413


@pytest.mark.parametrize("announced", ["4", "9" * 5_000])
async def test_nothing_is_read_when_too_much_is_announced(announced: str) -> None:
    with pytest.raises(Rejected) as caught:
        await read_body(request_of([], announced), 3)
    assert caught.value.status == 413


@pytest.mark.parametrize("announced", ["x", "-1", "1.0", "\u0661"])
async def test_a_length_that_is_no_number_is_refused(announced: str) -> None:
    with pytest.raises(Rejected, match="Content-Length"):
        await read_body(request_of([], announced))


async def test_a_client_that_hangs_up_is_not_a_fault_of_ours() -> None:
    request = request_of([part(b"ab", more=True), {"type": "http.disconnect"}])
    with pytest.raises(Rejected, match="ended too early"):
        await read_body(request)
