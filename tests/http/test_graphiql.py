import re
from pathlib import Path
from typing import Any

import httpx
import pytest

from pressroom.cms.http import graphiql
from pressroom.cms.http.graphiql import GraphiQL

pytestmark = pytest.mark.anyio

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
FILES = Path(graphiql.__file__).parent / "static" / "graphiql"


async def page(client: httpx.AsyncClient) -> httpx.Response:
    return await client.get("/graphql", headers=BROWSER)


@pytest.mark.parametrize("prefix", ["", "/cms", "/deep/down"])
async def test_a_browser_gets_the_editor_with_all_its_files(serve: Any, prefix: str) -> None:
    async with serve(prefix=prefix) as client:
        response = await page(client)
        assert response.status_code == 200
        assert response.headers["content-type"] == "text/html; charset=utf-8"
        addresses = re.findall(r'(?:src|href)="(graphiql/[^"]+)"', response.text)
        assert len(addresses) == 6
        for address in addresses:
            file = await client.get(str(response.url.join(address)))
            assert file.status_code == 200
            assert "immutable" in file.headers["cache-control"]
            unchanged = {"If-None-Match": file.headers["etag"]}
            again = await client.get(str(response.url.join(address)), headers=unchanged)
            assert again.status_code == 304


async def test_the_page_loads_nothing_from_elsewhere(client: httpx.AsyncClient) -> None:
    response = await page(client)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', response.text)
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_each_page_has_a_nonce_of_its_own(client: httpx.AsyncClient) -> None:
    nonces = set()
    for response in (await page(client), await page(client)):
        nonce = re.search(r'data-nonce="([^"]+)"', response.text)
        assert nonce
        assert f"'nonce-{nonce[1]}'" in response.headers["content-security-policy"]
        nonces.add(nonce[1])
    assert len(nonces) == 2


async def test_the_example_is_text_and_never_markup(serve: Any) -> None:
    example = '# "quoted" </div><script>alert(1)</script>'
    async with serve(graphiql=GraphiQL(example)) as client:
        response = await page(client)
    assert "<script>" not in response.text
    assert "&lt;script&gt;alert(1)" in response.text


async def test_the_editor_can_be_left_out(serve: Any) -> None:
    async with serve(graphiql=None) as client:
        response = await client.get("/graphql", headers={"Accept": "text/html"})
    assert response.status_code == 406


async def test_a_client_that_takes_anything_gets_no_page(client: httpx.AsyncClient) -> None:
    response = await client.get("/graphql", headers={"Accept": "*/*"})
    assert response.headers["content-type"].startswith("application/json")


async def test_files_outside_the_folder_stay_there(client: httpx.AsyncClient) -> None:
    folder = re.search(r"graphiql/\w+", (await page(client)).text)
    assert folder
    response = await client.get(f"/{folder[0]}/..%2f..%2fgraphql.py")
    assert response.status_code == 404


def test_the_files_are_small_and_lead_nowhere() -> None:
    assert sum(file.stat().st_size for file in FILES.iterdir()) < 2_000_000
    for file in FILES.iterdir():
        assert "sourceMappingURL" not in file.read_text(encoding="utf-8"), file.name
    for file in FILES.glob("page.*"):
        assert "://" not in file.read_text(encoding="utf-8"), file.name
