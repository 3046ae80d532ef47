"""Pressroom served alone, and mounted in hosts: right addresses, and the host's own people."""

import asyncio
import dataclasses
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import timedelta
from typing import Any

import databases
import factories
import httpx
import pytest
import web_server
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount

from pressroom.cms.actors import Actor, Role
from pressroom.cms.app import Pressroom, create_app
from pressroom.cms.errors import Unauthenticated
from pressroom.cms.settings import Settings
from pressroom.cms.store import clock

pytestmark = pytest.mark.anyio

Host = Callable[..., Any]
"""Makes an application of some Pressrooms, given by the prefixes they are to stand at."""

ADDRESSES = """
query Addresses($slug: String!) {
  post(by: {slug: $slug}) {
    url
    printed: rendition(format: PRINT_HTML) { url }
    markdown: rendition(format: MARKDOWN, options: {comments: true}) { url }
    comments { nodes { author { avatarUrl } } }
  }
}
"""


def alone(mounts: dict[str, Pressroom]) -> Pressroom:
    (pressroom,) = mounts.values()
    return pressroom


def starlette(mounts: dict[str, Pressroom]) -> Starlette:
    routes = [Mount(prefix, app=pressroom) for prefix, pressroom in mounts.items()]
    return Starlette(routes=routes, lifespan=_lifespan(mounts))


def fastapi(mounts: dict[str, Pressroom]) -> FastAPI:
    host = FastAPI(lifespan=_lifespan(mounts))
    for prefix, pressroom in mounts.items():
        host.mount(prefix, pressroom)
    return host


def _lifespan(mounts: dict[str, Pressroom]) -> Any:
    @asynccontextmanager
    async def lifespan(_host: Any) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            for pressroom in mounts.values():
                await stack.enter_async_context(pressroom.lifespan())
            yield

    return lifespan


EVERYWHERE = pytest.mark.parametrize(
    ("host", "prefix"),
    [(alone, ""), (starlette, "/cms"), (starlette, "/deep/down"), (fastapi, "/cms")],
)
MOUNTED = pytest.mark.parametrize("host", [starlette, fastapi])


@asynccontextmanager
async def served(host: Host, **mounts: Pressroom) -> AsyncIterator[httpx.AsyncClient]:
    application = host({f"/{name}": pressroom for name, pressroom in mounts.items()})
    async with _client(application) as client:
        yield client


@asynccontextmanager
async def _client(application: Any) -> AsyncIterator[httpx.AsyncClient]:
    async with (
        web_server.serving(application) as address,
        httpx.AsyncClient(base_url=address, timeout=60) as client,
    ):
        yield client


async def ask(
    client: httpx.AsyncClient, prefix: str, query: str, variables: Any = None, **headers: str
) -> Any:
    request = {"query": query, "variables": variables}
    answer = (await client.post(f"{prefix}/graphql", json=request, headers=headers)).json()
    assert "errors" not in answer, answer["errors"]
    return answer["data"]


async def _with_content(pressroom: Pressroom) -> str:
    post = await factories.make_post(pressroom.database, "A *post*", "Words.")
    await factories.make_comment(pressroom.database, post)
    return post.slug


async def _addresses(client: httpx.AsyncClient, prefix: str, slug: str) -> Sequence[str]:
    post = (await ask(client, prefix, ADDRESSES, {"slug": slug}))["post"]
    (comment,) = post["comments"]["nodes"]
    return [post["printed"]["url"], post["markdown"]["url"], comment["author"]["avatarUrl"]]


@EVERYWHERE
async def test_every_address_is_right_where_it_stands(
    host: Host, prefix: str, sqlite_settings: Settings
) -> None:
    pressroom = create_app(sqlite_settings)
    slug = await _with_content(pressroom)
    async with _client(host({prefix: pressroom})) as client:
        addresses = await _addresses(client, prefix, slug)
        for address in addresses:
            assert address.startswith(f"{client.base_url}".rstrip("/") + f"{prefix}/")
        answers = [await client.get(address) for address in addresses]
        media_types = [answer.headers["content-type"].split(";")[0] for answer in answers]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert media_types == ["text/html", "text/markdown", "image/svg+xml"]


async def test_servers_may_give_lists_where_others_give_pairs(sqlite_settings: Settings) -> None:
    pressroom = create_app(sqlite_settings)

    async def with_lists(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            headers = [list(header) for header in scope["headers"]]
            scope = {**scope, "headers": headers, "server": list(scope["server"])}
        await pressroom(scope, receive, send)

    async with _client(with_lists) as client:
        for _ in range(2):
            assert await ask(client, "", "{ __typename }") == {"__typename": "Query"}


@EVERYWHERE
async def test_a_superseded_rendition_leads_to_the_present_one(
    host: Host, prefix: str, sqlite_settings: Settings
) -> None:
    pressroom = create_app(sqlite_settings)
    slug = await _with_content(pressroom)
    async with _client(host({prefix: pressroom})) as client:
        present, *_ = await _addresses(client, prefix, slug)
        former = re.sub(r"/renditions/[^/]+/", f"/renditions/{'0' * 16}/", present)
        assert former != present
        led = await client.get(former, follow_redirects=True)
    assert (led.status_code, str(led.url)) == (200, present)


@EVERYWHERE
async def test_graphiql_and_all_its_files_are_there(
    host: Host, prefix: str, sqlite_settings: Settings
) -> None:
    async with _client(host({prefix: create_app(sqlite_settings)})) as client:
        page = await client.get(f"{prefix}/graphql", headers={"Accept": "text/html"})
        files = re.findall(r'(?:src|href)="(graphiql/[^"]+)"', page.text)
        answers = [await client.get(str(page.url.join(file))) for file in files]
    assert len(answers) > 4
    assert {answer.status_code for answer in answers} == {200}


@EVERYWHERE
async def test_health_is_told(host: Host, prefix: str, sqlite_settings: Settings) -> None:
    async with _client(host({prefix: create_app(sqlite_settings)})) as client:
        answers = [await client.get(f"{prefix}/{name}") for name in ("healthz", "readyz")]
    assert [answer.json()["status"] for answer in answers] == ["ok", "ok"]


@EVERYWHERE
async def test_the_lifespan_announces_posts_that_come_due(
    host: Host, prefix: str, sqlite_settings: Settings
) -> None:
    pressroom = create_app(sqlite_settings)
    tomorrow = clock.now() + timedelta(days=1)
    await factories.make_post(pressroom.database, "Later", published_at=tomorrow)
    query = "{ changes { nodes { nodeType kind } } }"
    announced = {"nodeType": "Post", "kind": "CREATED"}
    with clock.told_by(lambda: tomorrow):
        async with _client(host({prefix: pressroom})) as client, asyncio.timeout(30):
            while announced not in (await ask(client, prefix, query))["changes"]["nodes"]:  # noqa: ASYNC110 - a client has nothing else to wait for
                await asyncio.sleep(0.02)


@EVERYWHERE
async def test_a_public_url_overrides_what_requests_say(
    host: Host, prefix: str, sqlite_settings: Settings
) -> None:
    public = "https://cms.example/below"
    pressroom = create_app(dataclasses.replace(sqlite_settings, public_url=f"{public}/"))
    slug = await _with_content(pressroom)
    async with _client(host({prefix: pressroom})) as client:
        addresses = await _addresses(client, prefix, slug)
        behind = [address.replace(public, prefix) for address in addresses]
        statuses = [(await client.get(address)).status_code for address in behind]
    assert all(address.startswith(f"{public}/") for address in addresses)
    assert statuses == [200, 200, 200]


async def _by_header(request: Request) -> Actor:
    """A host's own way of telling who is asking."""
    name = request.headers.get("x-user")
    if name == "nobody":
        raise Unauthenticated("There is no such user.")
    return Actor(role=Role.EDITOR, name=name) if name else Actor()


@EVERYWHERE
async def test_the_host_says_who_is_asking(
    host: Host, prefix: str, sqlite_settings: Settings
) -> None:
    pressroom = create_app(sqlite_settings, authenticate=_by_header)
    await factories.make_post(pressroom.database, "Draft", publish=False)
    viewer = "{ viewer { role name } }"
    drafts = "{ viewer { role name } posts(where: {status: [DRAFT]}) { nodes { title } } }"
    async with _client(host({prefix: pressroom})) as client:
        reader = await ask(client, prefix, viewer)
        editor = await ask(client, prefix, drafts, **{"X-User": "ines"})
        refused = await client.post(
            f"{prefix}/graphql", json={"query": "{ site { title } }"}, headers={"X-User": "nobody"}
        )
    assert reader["viewer"] == {"role": "READER", "name": None}
    assert editor["viewer"] == {"role": "EDITOR", "name": "ines"}
    assert editor["posts"] == {"nodes": [{"title": "Draft"}]}
    assert refused.status_code == 401
    assert refused.json()["errors"][0]["message"] == "There is no such user."


@MOUNTED
async def test_two_pressrooms_in_one_host_keep_apart(
    host: Host, sqlite_settings: Settings, sqlite_databases: databases.Databases
) -> None:
    other_settings = dataclasses.replace(sqlite_settings, database_url=sqlite_databases.migrated())
    news, magazine = create_app(sqlite_settings), create_app(other_settings)
    await factories.make_post(news.database, "News")
    slug = await _with_content(magazine)
    query = "{ posts { nodes { title } } }"
    async with served(host, news=news, magazine=magazine) as client:
        in_news = await ask(client, "/news", query)
        in_magazine = await ask(client, "/magazine", query)
        addresses = await _addresses(client, "/magazine", slug)
        statuses = [(await client.get(address)).status_code for address in addresses]
    assert [post["title"] for post in in_news["posts"]["nodes"]] == ["News"]
    assert [post["title"] for post in in_magazine["posts"]["nodes"]] == ["A *post*"]
    assert all("/magazine/" in address for address in addresses)
    assert statuses == [200, 200, 200]
