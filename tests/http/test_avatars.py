import httpx
import pytest
from starlette.applications import Starlette

from pressroom.cms.http.avatars import routes

pytestmark = pytest.mark.anyio

AVATAR = "0123456789abcdef" * 2


async def get(path: str) -> httpx.Response:
    transport = httpx.ASGITransport(Starlette(routes=routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.get(path)


async def test_a_portrait_is_kept_for_ever_and_runs_nothing() -> None:
    answer = await get(f"/avatars/{AVATAR}.svg")
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.content == (await get(f"/avatars/{AVATAR}.svg")).content
    assert answer.content != (await get(f"/avatars/{AVATAR[::-1]}.svg")).content


@pytest.mark.parametrize(
    "name", ["x.svg", AVATAR, f"{AVATAR.upper()}.svg", f"{AVATAR}0.svg", f"{AVATAR}%0A.svg"]
)
async def test_what_is_no_avatar_is_not_found(name: str) -> None:
    assert (await get(f"/avatars/{name}")).status_code == 404
