"""What a preview token shows: one post with all that is in it, and nothing else."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import factories
import httpx
import pytest
from operations.content import LATER
from serving import API
from writing import DRAFTS, Desk

from pressroom.cms.actors import Role
from pressroom.cms.content import Post
from pressroom.cms.services import posts
from pressroom.cms.services.posts import UpdatePost, publication
from pressroom.cms.services.posts.publication import PostAction
from pressroom.cms.store import clock
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import unit_of_work
from pressroom.schema.scalars import write_instant

pytestmark = pytest.mark.anyio

PAGE = """query($id: ID!, $slug: String!, $path: String!) {
  post(by: {id: $id}) {
    title status publishedAt body { text } excerpt url version
    authors { name } categories { name postCount } tags { name }
    commentCount
    comments { totalCount nodes { id post { title } replies { nodes { parent { id } } } } }
    previous { title } next { title } related { title }
    revisions { totalCount }
  }
  bySlug: post(by: {slug: $slug}) { title }
  node(id: $id) { ... on Post { title } }
  nodes(ids: [$id]) { ... on Post { title } }
  resolvePath(path: $path) { ... on Post { title } }
}"""
ELSEWHERE = """query($id: ID!, $tag: String!) {
  posts { totalCount edges { cursor node { title } } }
  byTitle: posts(orderBy: TITLE_ASC) { nodes { title } }
  drafts: posts(where: {status: [DRAFT, SCHEDULED, ARCHIVED, TRASHED]}) { totalCount }
  tagged: posts(where: {tag: {slug: $tag}}) { totalCount nodes { title } }
  search(query: "flour") { totalCount nodes { title } }
  found: posts(where: {search: "flour"}) { totalCount nodes { title } }
  categories(orderBy: POSTS_DESC) {
    edges { cursor node { name postCount posts { totalCount nodes { title } } } }
  }
  authors { nodes { name postCount posts { totalCount nodes { title } } } }
  tag(by: {slug: $tag}) { name }
  comments { totalCount nodes { id } }
  here: comments(where: {postId: $id}) { totalCount nodes { id } }
  changes { nodes { nodeId node { __typename } } }
  other: post(by: {slug: "another"}) { title previous { title } next { title } related { title } }
  draft: post(by: {slug: "another-draft"}) { title }
  viewer { role name }
}"""


@pytest.fixture
def desk(api: API) -> Desk:
    return Desk(api)


async def make(desk: Desk, kind: str) -> Post:
    """Make a post that the public does not see, between two that it sees, and one more draft."""
    database = desk.api.app.database
    given: dict[str, Any] = {
        "authors": [await factories.make_author(database, "Ada")],
        "categories": [await factories.make_category(database, "Rye")],
    }
    await factories.make_post(database, "Another", tags=["Ink"], **given)
    await factories.make_post(database, "Another draft", publish=False, **given)
    given |= {"tags": ["Ink", "Secret"]}
    instant = LATER if kind == "SCHEDULED" else None
    post = await factories.make_post(
        database, "Held", "Flour.", publish=kind != "DRAFT", published_at=instant, **given
    )
    if kind == "ARCHIVED":
        comment = await factories.make_comment(database, post)
        await factories.make_comment(database, post, comment, body="Quite so.")
        async with unit_of_work(database) as session:
            action = PostAction(id=post.id, version=post.version)
            post = await publication.archive(session, factories.EDITOR, action)
    return post


async def ask(desk: Desk, query: str, post: Post, token: str | None) -> httpx.Response:
    variables = {"id": encode_id("Post", post.id), "slug": post.slug, "path": f"/{post.slug}"}
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    request = {"query": query, "variables": {**variables, "tag": "secret"}}
    return await desk.api.http.post("/graphql", json=request, headers=headers)


async def token_of(desk: Desk, post: Post) -> str:
    sent = {"postId": encode_id("Post", post.id)}
    token: str = (await desk.done("create_preview_token", sent))["token"]
    return token


@pytest.mark.parametrize("kind", ["DRAFT", "SCHEDULED", "ARCHIVED", "PUBLISHED"])
async def test_the_post_as_it_stands(desk: Desk, kind: str) -> None:
    post = await make(desk, kind)
    response = await ask(desk, PAGE, post, await token_of(desk, post))
    answer = response.json()
    assert "errors" not in answer, answer["errors"]
    data = answer["data"]
    shown = data["post"]
    assert data["bySlug"] == data["node"] == data["resolvePath"] == {"title": "Held"}
    assert data["nodes"] == [{"title": "Held"}]
    assert (shown["status"], shown["body"], shown["version"]) == (
        kind, {"text": "Flour."}, post.version,
    )  # fmt: skip
    dated = post.published_at and write_instant(post.published_at)
    assert shown["publishedAt"] == dated
    assert shown["tags"] == [{"name": "Ink"}, {"name": "Secret"}]
    assert shown["categories"] == [{"name": "Rye", "postCount": 2 if kind == "PUBLISHED" else 1}]
    assert shown["related"] == [{"title": "Another"}]
    assert shown["previous"] == (None if kind == "DRAFT" else {"title": "Another"})
    assert shown["next"] is None
    assert shown["revisions"] == {"totalCount": 0}
    _check_comments(shown, there=kind == "ARCHIVED")
    assert response.headers["cache-control"] == "private, no-store"
    assert "Authorization" in response.headers["vary"]


def _check_comments(shown: dict[str, Any], *, there: bool) -> None:
    assert shown["commentCount"] == (2 if there else 0)
    assert shown["comments"]["totalCount"] == there
    for comment in shown["comments"]["nodes"]:
        assert comment["post"] == {"title": "Held"}
        (reply,) = comment["replies"]["nodes"]
        assert reply["parent"] == {"id": comment["id"]}


@pytest.mark.parametrize("kind", ["DRAFT", "SCHEDULED", "ARCHIVED"])
async def test_nothing_else_is_another_for_its_holder(desk: Desk, kind: str) -> None:
    post = await make(desk, kind)
    token = await token_of(desk, post)
    nobodys = await ask(desk, ELSEWHERE, post, None)
    held = await ask(desk, ELSEWHERE, post, token)
    assert held.json() == nobodys.json()
    assert "Held" not in held.text
    assert held.json()["data"]["draft"] is None


RENDITION = """query($id: ID!) {
  post(by: {id: $id}) { rendition(format: PRINT_HTML) { status url sha256 } }
}"""


async def rendition_of(desk: Desk, post: Post) -> dict[str, Any]:
    response = await ask(desk, RENDITION, post, await token_of(desk, post))
    rendition: dict[str, Any] = response.json()["data"]["post"]["rendition"]
    return rendition


@pytest.mark.parametrize("kind", ["DRAFT", "SCHEDULED", "ARCHIVED"])
async def test_a_rendition_that_no_cache_keeps(desk: Desk, kind: str) -> None:
    rendition = await rendition_of(desk, await make(desk, kind))
    assert rendition["status"] == "READY"
    response = await desk.api.http.get(rendition["url"])
    assert (response.status_code, "Flour." in response.text) == (200, True)
    assert response.headers["cache-control"] == "private, no-store"
    assert sha256(response.content).hexdigest() == rendition["sha256"]
    again = {"If-None-Match": response.headers["etag"]}
    response = await desk.api.http.get(rendition["url"], headers=again)
    assert (response.status_code, response.headers["cache-control"]) == (304, "private, no-store")


async def test_a_rendition_for_who_asks_for_drafts(desk: Desk) -> None:
    post = await make(desk, "DRAFT")
    request = {"query": RENDITION, "variables": {"id": encode_id("Post", post.id)}}
    headers = {**DRAFTS, "Authorization": f"Bearer {await desk.token(Role.EDITOR)}"}
    answer = (await desk.api.http.post("/graphql", json=request, headers=headers)).json()
    response = await desk.api.http.get(answer["data"]["post"]["rendition"]["url"])
    assert (response.status_code, "Flour." in response.text) == (200, True)


async def test_a_rendition_is_for_those_alone_who_were_told_its_address(desk: Desk) -> None:
    post = await make(desk, "DRAFT")
    other = await factories.make_post(desk.api.app.database, "Other", publish=False)
    url = (await rendition_of(desk, post))["url"]
    before, ticket, digest, name = url.rsplit("/", 3)
    key, ends, signature = ticket.split("_")
    forged = [
        f"{before.removesuffix('/previews')}/{digest}/{name}",
        f"{before}/x/{digest}/{name}",
        f"{before}/{key}_{int(ends) + 3_600}_{signature}/{digest}/{name}",
        f"{before}/{other.id}_{ends}_{signature}/{digest}/{other.id}.html",
        f"{before}/{key}_{ends}_{'0' * 32}/{digest}/{name}",
    ]
    for address in forged:
        response = await desk.api.http.get(address)
        assert (response.status_code, "Flour" in response.text) == (404, False), address
    # Its ticket opens no other post, whatever the address says.
    response = await desk.api.http.get(f"{before}/{ticket}/{digest}/{other.id}.html")
    assert response.headers["location"] == f"../{digest}/{name}"


async def test_the_address_of_a_rendition_ends(desk: Desk) -> None:
    url = (await rendition_of(desk, await make(desk, "DRAFT")))["url"]
    for hours, status in ((1, 200), (2, 404)):
        later = clock.now() + timedelta(hours=hours)
        with clock.told_by(lambda later=later: later):
            assert (await desk.api.http.get(url)).status_code == status


async def test_a_rendition_follows_its_post(desk: Desk) -> None:
    post = await make(desk, "DRAFT")
    url = (await rendition_of(desk, post))["url"]
    async with unit_of_work(desk.api.app.database) as session:
        edit = UpdatePost(id=post.id, version=post.version, title="Held on")
        post = await posts.update(session, factories.EDITOR, edit)
    response = await desk.api.http.get(url, follow_redirects=True)
    assert "Held on" in response.text
    assert {each.headers["cache-control"] for each in (response, *response.history)} == {
        "private, no-store"
    }
    async with unit_of_work(desk.api.app.database) as session:
        action = PostAction(id=post.id, version=post.version)
        await publication.trash(session, factories.EDITOR, action)
    assert (await desk.api.http.get(url)).status_code == 404


async def test_its_holder_may_do_nothing_more(desk: Desk) -> None:
    post = await make(desk, "DRAFT")
    token = await token_of(desk, post)
    sent = {"postId": encode_id("Post", post.id), "authorName": "Guest", "body": "Well said."}
    mutation = """mutation($input: SubmitCommentInput!) {
      submitComment(input: $input) { comment { id } userErrors { code path } }
    }"""
    payload = (await desk.api.data(mutation, {"input": sent}, token))["submitComment"]
    assert payload["comment"] is None
    assert payload["userErrors"] == [{"code": "NOT_FOUND", "path": ["postId"]}]
