from collections.abc import AsyncIterator

import factories
import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from pressroom.cms.content import Post
from pressroom.cms.http.renditions import rendition_routes
from pressroom.cms.renditions.options import RenditionOptions, TextSize
from pressroom.cms.renditions.render import PostRenditions
from pressroom.cms.services import posts
from pressroom.cms.services.posts import UpdatePost
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
        ("x/999999.html", 404, "There is no such post to be seen"),
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
