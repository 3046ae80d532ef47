import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import factories
import httpx
import pytest
from presses import press_of
from starlette.applications import Starlette
from starlette.routing import Mount
from trial_formats import Broken, Waiting

from pressroom.cms.content import Post
from pressroom.cms.http.renditions import rendition_routes
from pressroom.cms.renditions.formats.format import Format, Formats
from pressroom.cms.renditions.formats.options import RenditionOptions, TextSize
from pressroom.cms.renditions.offer.posts import PostRenditions
from pressroom.cms.services import posts
from pressroom.cms.services.posts import UpdatePost
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import unit_of_work

pytestmark = pytest.mark.anyio

BASE = "http://press.test/mounted"


@pytest.fixture
async def client(renditions: PostRenditions) -> AsyncIterator[httpx.AsyncClient]:
    app = Starlette(routes=[Mount("/mounted", routes=rendition_routes(renditions))])
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client


@pytest.fixture
async def post(database: Database) -> Post:
    return await factories.make_post(database, "Über Größe", slug="ueber-groesse")


async def url(
    renditions: PostRenditions, post: Post, name: str = "PRINT_HTML", **options: object
) -> str:
    facts = await renditions.facts(post.id)
    return renditions.describe(facts, name, RenditionOptions(**options), BASE).url


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("PRINT_HTML", "text/html"), ("MARKDOWN", "text/markdown"), ("TEXT", "text/plain")],
)
async def test_the_address_answers_what_was_told(
    client: httpx.AsyncClient, renditions: PostRenditions, post: Post, name: str, media_type: str
) -> None:
    facts = await renditions.facts(post.id)
    told = await renditions.tell(facts, name, RenditionOptions(), BASE)
    response = await client.get(told.url)
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{media_type}; charset=utf-8" == told.media_type
    assert len(response.content) == told.byte_size
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["x-robots-tag"] == "noindex"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert response.headers["link"].endswith('/ueber-groesse>; rel="canonical"')
    assert response.headers["content-disposition"].startswith(f'inline; filename="{post.id}-ueber')


async def test_head_and_conditional_requests_send_no_body(
    client: httpx.AsyncClient, renditions: PostRenditions, post: Post
) -> None:
    address = await url(renditions, post)
    whole = await client.get(address)
    head = await client.head(address)
    assert head.headers["etag"] == whole.headers["etag"]
    for given in (whole.headers["etag"], f'"x", W/{whole.headers["etag"]}', "*"):
        response = await client.get(address, headers={"If-None-Match": given})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["etag"] == whole.headers["etag"]
    other = await client.get(address, headers={"If-None-Match": '"x"'})
    assert other.status_code == 200


async def test_a_former_address_leads_to_the_present_one(
    client: httpx.AsyncClient, database: Database, renditions: PostRenditions, post: Post
) -> None:
    former = await url(renditions, post, text_size=TextSize.GIANT)
    async with unit_of_work(database) as session:
        edit = UpdatePost(id=post.id, version=post.version, slug="anders")
        await posts.update(session, factories.EDITOR, edit)
    response = await client.get(former)
    assert response.status_code == 302
    assert response.headers["cache-control"] == "public, max-age=60"
    present = await url(renditions, post, text_size=TextSize.GIANT)
    assert str(response.next_request and response.next_request.url) == present


@pytest.mark.parametrize("query", ["?text=GIANT&paper=a4", "?utm_source=x&text=giant"])
async def test_options_written_another_way_lead_to_the_one_address(
    client: httpx.AsyncClient, renditions: PostRenditions, post: Post, query: str
) -> None:
    present = await url(renditions, post, text_size=TextSize.GIANT)
    response = await client.get(present.partition("?")[0] + query, follow_redirects=True)
    assert str(response.url) == present


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("x/1.html?paper=b4", 400, "paper: one of a4, a5, letter, legal is expected"),
        ("x/999999.html", 404, "Readers see no such post, and renditions show what they see"),
        ("x/9999999999999999999999.html", 404, "There is no such rendition"),
        ("x/abc.html", 404, "There is no such rendition"),
        ("x/1.exe", 404, "There is no rendition format .exe"),
    ],
)
async def test_what_is_not_there(
    client: httpx.AsyncClient, path: str, status: int, message: str
) -> None:
    response = await client.get(f"/renditions/{path}")
    assert (response.status_code, response.text) == (status, f"{message}\n")
    assert response.headers["cache-control"] == "no-store"


async def test_a_draft_is_not_there(client: httpx.AsyncClient, database: Database) -> None:
    draft = await factories.make_post(database, publish=False)
    response = await client.get(f"/renditions/x/{draft.id}.html")
    assert response.status_code == 404


@asynccontextmanager
async def serving(
    renditions: PostRenditions, wanted: Format, patience: float = 2.0
) -> AsyncIterator[httpx.AsyncClient]:
    """Serve one format; a client that waits gets its answer after so many seconds."""
    routes = rendition_routes(replace(renditions, formats=Formats([wanted])), patience)
    transport = httpx.ASGITransport(app=Starlette(routes=routes))
    async with httpx.AsyncClient(transport=transport, base_url="http://press.test") as client:
        yield client


async def first_address(client: httpx.AsyncClient, post: Post) -> str:
    moved = await client.get(f"/renditions/x/{post.id}.waiting")
    assert moved.next_request is not None
    return str(moved.next_request.url)


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


async def test_what_takes_long_is_to_be_asked_for_again(
    renditions: PostRenditions, post: Post, pipe: Path
) -> None:
    async with serving(renditions, Waiting(pipe), patience=0) as client:
        address = await first_address(client, post)
        response = await client.get(address)
        assert (response.status_code, response.headers["retry-after"]) == (202, "2")
        assert response.text == "It is being made. Ask again in a moment.\n"
        assert response.headers["cache-control"] == "no-store"
    async with serving(renditions, Waiting(pipe)) as client:
        asked = asyncio.create_task(client.get(address))
        await asyncio.to_thread(pipe.write_bytes, b"")
        assert ((await asked).status_code, (await asked).text) == (200, post.title)


async def test_too_much_at_once_is_to_be_asked_for_later(
    database: Database, settings: Settings, post: Post, pipe: Path
) -> None:
    press = press_of(replace(settings, rendition_queue=1))
    renditions = PostRenditions(database, Formats([Waiting(pipe)]), press)
    other = await factories.make_post(database, "Another")
    async with serving(renditions, Waiting(pipe), patience=0) as client:
        await client.get(await first_address(client, post))
        response = await client.get(await first_address(client, other))
    await press.close()
    assert (response.status_code, response.headers["retry-after"]) == (503, "10")
    assert response.headers["cache-control"] == "no-store"


async def test_what_could_not_be_made_says_so_and_no_more(
    renditions: PostRenditions, post: Post, pipe: Path
) -> None:
    async with serving(renditions, Broken(pipe)) as client:
        response = await client.get(await first_address(client, post))
    assert response.status_code == 500
    assert response.text == "It could not be made, by a fault that the server has written down.\n"


@pytest.mark.parametrize(
    ("asked", "part"),
    [("bytes=0-4", slice(0, 5)), ("bytes=10-", slice(10, None)), ("Bytes=-7", slice(-7, None))],
)
async def test_a_part_can_be_fetched(
    client: httpx.AsyncClient, renditions: PostRenditions, post: Post, asked: str, part: slice
) -> None:
    address = await url(renditions, post)
    whole = await client.get(address)
    assert whole.headers["accept-ranges"] == "bytes"
    same = {"Range": asked, "If-Range": whole.headers["etag"]}
    response = await client.get(address, headers=same)
    assert (response.status_code, response.content) == (206, whole.content[part])
    first, end, _ = part.indices(len(whole.content))
    expected = f"bytes {first}-{end - 1}/{len(whole.content)}"
    assert response.headers["content-range"] == expected
    assert response.headers["etag"] == whole.headers["etag"]
    other = await client.get(address, headers={"Range": asked, "If-Range": '"another"'})
    assert (other.status_code, other.content) == (200, whole.content)


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=5-2", "bytes=-", "lines=1-2", "x" * 99])
async def test_a_range_that_is_not_understood_is_passed_over(
    client: httpx.AsyncClient, renditions: PostRenditions, post: Post, asked: str
) -> None:
    response = await client.get(await url(renditions, post), headers={"Range": asked})
    assert response.status_code == 200


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
async def test_a_range_behind_the_end_is_refused(
    client: httpx.AsyncClient, renditions: PostRenditions, post: Post, asked: str
) -> None:
    whole = await client.get(await url(renditions, post))
    response = await client.get(await url(renditions, post), headers={"Range": asked})
    assert response.status_code == 416
    assert response.headers["content-range"] == f"bytes */{len(whole.content)}"
