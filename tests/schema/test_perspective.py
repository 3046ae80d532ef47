"""`Pressroom-Perspective: draft`: who asks for drafts and may see them, does; nobody else."""

from typing import Any

import factories
import httpx
import pytest
from serving import API
from writing import DRAFTS, WRITE, Desk

from pressroom.cms.actors import Role
from pressroom.cms.content import Author
from pressroom.cms.store.keys import encode_id

pytestmark = pytest.mark.anyio

WALK = """query($id: ID!, $slug: String!, $path: String!, $author: ID!) {
  post(by: {id: $id}) { title }
  bySlug: post(by: {slug: $slug}) { title }
  node(id: $id) { id }
  nodes(ids: [$id]) { id }
  resolvePath(path: $path) { __typename }
  posts { totalCount nodes { title } }
  byTitle: posts(orderBy: TITLE_ASC) { totalCount nodes { title } }
  search(query: "flour") { totalCount nodes { title } }
  author(by: {id: $author}) { posts { totalCount nodes { title } } postCount }
  tag(by: {slug: "rye"}) { posts { totalCount nodes { title } } }
}"""


@pytest.fixture
def desk(api: API) -> Desk:
    return Desk(api)


async def ask(
    desk: Desk, role: Role | None, author: Author, post: dict[str, Any], **headers: str
) -> httpx.Response:
    """Ask for a post in every way there is."""
    token = await desk.token(role, author)
    if token:
        headers["Authorization"] = f"Bearer {token}"
    variables = {"id": post["id"], "slug": post["slug"], "path": f"/{post['slug']}"}
    variables["author"] = encode_id("Author", author.id)
    request = {"query": WALK, "variables": variables}
    return await desk.api.http.post("/graphql", json=request, headers=headers)


async def draft_of(desk: Desk, *authors: Author, **sent: Any) -> dict[str, Any]:
    ids = [encode_id("Author", author.id) for author in authors]
    payload = await desk.done("create_post", {**WRITE, "tags": ["rye"], "authorIds": ids, **sent})
    return dict(payload["post"])


def check_seen(data: dict[str, Any], *, seen: bool) -> None:
    """Check that every way leads to the one post, or that none does."""
    found = {"title": "Bread"} if seen else None
    listed = {"totalCount": 1, "nodes": [found]} if seen else {"totalCount": 0, "nodes": []}
    assert (data["post"], data["bySlug"]) == (found, found)
    assert (data["node"] is not None, data["nodes"] != [None]) == (seen, seen)
    assert (data["resolvePath"] is not None) == seen
    assert data["posts"] == data["byTitle"] == data["search"] == listed
    assert data["author"] == {"posts": listed, "postCount": 0}
    assert data["tag"] == ({"posts": listed} if seen else None)


@pytest.mark.parametrize("role", [None, *Role])
async def test_a_draft_is_seen_by_who_asks_and_may(desk: Desk, role: Role | None) -> None:
    ada = await factories.make_author(desk.api.app.database, "Ada")
    post = await draft_of(desk, ada)
    check_seen((await ask(desk, role, ada, post)).json()["data"], seen=False)
    response = await ask(desk, role, ada, post, **DRAFTS)
    may = role is not None and role is not Role.READER
    check_seen(response.json()["data"], seen=may)
    assert response.headers["cache-control"] == "private, no-store"
    assert "Pressroom-Perspective" in response.headers["vary"]


async def test_what_is_another_s_too_is_not_their_own(desk: Desk) -> None:
    ada, emile = [await factories.make_author(desk.api.app.database, name) for name in ("A", "E")]
    shared = await draft_of(desk, ada, emile)
    check_seen(
        (await ask(desk, Role.CONTRIBUTOR, ada, shared, **DRAFTS)).json()["data"], seen=False
    )
    check_seen((await ask(desk, Role.EDITOR, ada, shared, **DRAFTS)).json()["data"], seen=True)


@pytest.mark.parametrize("verb", ["unpublish_post", "archive_post", "trash_post"])
async def test_what_was_public_once_is_not_their_own(desk: Desk, verb: str) -> None:
    ada = await factories.make_author(desk.api.app.database, "Ada")
    post = await desk.post(verb, await draft_of(desk, ada, publish=True))
    check_seen((await ask(desk, Role.CONTRIBUTOR, ada, post, **DRAFTS)).json()["data"], seen=False)


async def test_pages_of_drafts_hang_together(desk: Desk) -> None:
    ada = await factories.make_author(desk.api.app.database, "Ada")
    for number in range(5):
        await draft_of(desk, ada, title=str(number), publish=number % 2 == 0)
    query = """query($after: String) {
      posts(first: 2, after: $after) { nodes { title } pageInfo { hasNextPage endCursor } }
    }"""
    for role in (Role.CONTRIBUTOR, Role.EDITOR):
        headers = {"Authorization": f"Bearer {await desk.token(role, ada)}", **DRAFTS}
        titles: list[str] = []
        page: dict[str, Any] = {"pageInfo": {"hasNextPage": True, "endCursor": None}}
        while page["pageInfo"]["hasNextPage"]:
            variables = {"after": page["pageInfo"]["endCursor"]}
            request = {"query": query, "variables": variables}
            answer = await desk.api.http.post("/graphql", json=request, headers=headers)
            page = answer.json()["data"]["posts"]
            titles += [node["title"] for node in page["nodes"]]
        assert titles == ["4", "3", "2", "1", "0"]


async def test_another_perspective_is_refused(desk: Desk) -> None:
    headers = {"Pressroom-Perspective": "tomorrow"}
    request = {"query": "{ site { title } }"}
    response = await desk.api.http.post("/graphql", json=request, headers=headers)
    assert response.status_code == 400
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "Pressroom-Perspective" in error["message"]


async def test_what_is_published_is_seen_as_ever(desk: Desk) -> None:
    ada = await factories.make_author(desk.api.app.database, "Ada")
    post = await draft_of(desk, ada, publish=True)
    plain = await ask(desk, Role.EDITOR, ada, post)
    asked = await ask(desk, Role.EDITOR, ada, post, **{"Pressroom-Perspective": "published"})
    assert asked.json() == plain.json()
