import asyncio
from collections.abc import Sequence

import httpx
import pytest
from starlette.applications import Starlette

from pressroom.cms.http.health import Check, health_routes

pytestmark = pytest.mark.anyio


async def ask(path: str, check: Check, patience: float = 2.0) -> httpx.Response:
    app = Starlette(routes=health_routes(check, patience))
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get(path)


async def well() -> Sequence[str]:
    return []


async def ill() -> Sequence[str]:
    return ["The database has no tables; run the migrations."]


async def broken() -> Sequence[str]:
    raise RuntimeError("postgresql://user:secret@host")


async def stuck() -> Sequence[str]:
    await asyncio.Event().wait()
    return []


async def test_a_process_that_lives_is_healthy_whatever_else_is_wrong() -> None:
    response = await ask("/healthz", ill)
    assert (response.status_code, response.json()) == (200, {"status": "ok"})


async def test_ready_when_nothing_is_wrong() -> None:
    response = await ask("/readyz", well)
    assert (response.status_code, response.json()["problems"]) == (200, [])
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    ("check", "problem"), [(ill, "no tables"), (broken, "itself failed"), (stuck, "did not end")]
)
async def test_not_ready_says_why(check: Check, problem: str) -> None:
    response = await ask("/readyz", check, patience=0.01)
    assert response.status_code == 503
    (told,) = response.json()["problems"]
    assert problem in told
    assert "secret" not in told
