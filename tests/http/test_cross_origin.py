from typing import Any

import httpx
import pytest

from pressroom.cms.http.cross_origin import cors_middleware

pytestmark = pytest.mark.anyio

SITE = "https://www.example.org"
ASKED = "content-type, authorization, idempotency-key, graphql-require-preflight"


async def preflight(client: httpx.AsyncClient, origin: str, headers: str = ASKED) -> httpx.Response:
    asked = {
        "Origin": origin,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": headers,
    }
    return await client.options("/graphql", headers=asked)


async def test_a_listed_origin_may_send_what_the_api_needs(serve: Any) -> None:
    async with serve(origins=[SITE]) as client:
        response = await preflight(client, SITE)
        answer = await client.get("/graphql", headers={"Origin": SITE})
    assert response.status_code == 200
    assert response.headers["access-control-allow-origin"] == SITE
    assert response.headers["access-control-allow-credentials"] == "true"
    assert answer.headers["access-control-allow-origin"] == SITE
    assert "Origin" in answer.headers["vary"]


async def test_another_origin_may_not(serve: Any) -> None:
    async with serve(origins=[SITE]) as client:
        response = await preflight(client, "https://evil.example")
        answer = await client.get("/graphql", headers={"Origin": "https://evil.example"})
    assert response.status_code == 400
    assert "access-control-allow-origin" not in answer.headers


async def test_every_origin_is_let_in_without_credentials(serve: Any) -> None:
    async with serve(origins=["*"]) as client:
        response = await preflight(client, "https://anyone.example")
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers


async def test_no_origin_is_the_default(client: httpx.AsyncClient) -> None:
    response = await preflight(client, SITE)
    assert response.status_code == 405
    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("origin", ["example.org", f"{SITE}/", f"{SITE}/blog", "null", ""])
def test_what_is_not_an_origin_is_refused(origin: str) -> None:
    with pytest.raises(ValueError, match="is not an origin"):
        cors_middleware([SITE, origin])
