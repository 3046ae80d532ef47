"""`Pressroom-Perspective`: who asks for drafts, or for what is to come, and may see it, does."""

from datetime import UTC, datetime
from typing import Any

import factories
import httpx
import pytest
from operations.library import MUTATIONS
from serving import API
from writing import DRAFTS, WRITE, Desk

from pressroom.cms.actors import Role
from pressroom.cms.content import Author
from pressroom.cms.store import clock
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


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ("tomorrow", "2026-12-24T18:00:00Z"),
        ("", "2026-12-24T18:00:00Z"),
        ("2100-01-01", "2026-12-24T18:00:00Z"),
        ("2100-01-01T00:00:00", "offset"),
        ("2100-13-01T00:00:00Z", "no such time"),
        ("9999-12-31T23:59:59-10:00", "no such time"),
        ("2001-01-01T00:00:00Z", "passed"),
    ],
)
async def test_another_perspective_is_refused(desk: Desk, asked: str, why: str) -> None:
    headers = {
        "Pressroom-Perspective": asked,
        "Authorization": f"Bearer {await desk.token(Role.EDITOR)}",
    }
    request = {"query": "{ site { title } }"}
    response = await desk.api.http.post("/graphql", json=request, headers=headers)
    assert response.status_code == 400
    assert response.headers["vary"] == "Accept, Pressroom-Perspective"
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "Pressroom-Perspective" in error["message"]
    assert why in error["message"]


async def test_what_is_published_is_seen_as_ever(desk: Desk) -> None:
    ada = await factories.make_author(desk.api.app.database, "Ada")
    post = await draft_of(desk, ada, publish=True)
    plain = await ask(desk, Role.EDITOR, ada, post)
    asked = await ask(desk, Role.EDITOR, ada, post, **{"Pressroom-Perspective": "published"})
    assert asked.json() == plain.json()


AHEAD = """query($id: ID!, $path: String!) {
  post(by: {id: $id}) {
    status publishedAt previous { title } revisions { totalCount }
    rendition(format: TEXT) { status }
  }
  resolvePath(path: $path) { __typename }
  posts { totalCount edges { cursor node { title status publishedAt next { title } } } }
  statuses: posts(where: {status: [DRAFT, SCHEDULED, ARCHIVED, TRASHED]}) { totalCount }
  search(query: "flour") { totalCount nodes { title } }
  categories(orderBy: POSTS_DESC) {
    edges { cursor node { name postCount posts { totalCount nodes { title } } } }
  }
  authors { nodes { postCount posts { totalCount nodes { title } } } }
  tag(by: {slug: "rye"}) { posts { totalCount nodes { title } } }
}"""
DUE = "2100-01-01T00:00:00Z"


async def look_ahead(
    desk: Desk, post: dict[str, Any], role: Role | None = None, instant: str | None = None
) -> httpx.Response:
    headers = {"Pressroom-Perspective": instant} if instant else {}
    if token := await desk.token(role):
        headers["Authorization"] = f"Bearer {token}"
    variables = {"id": post["id"], "path": f"/{post['slug']}"}
    request = {"query": AHEAD, "variables": variables}
    return await desk.api.http.post("/graphql", json=request, headers=headers)


async def make_plans(desk: Desk) -> dict[str, Any]:
    """Publish a post, schedule another, and have two more that are not to be seen."""
    database = desk.api.app.database
    ada = encode_id("Author", (await factories.make_author(database, "Ada")).id)
    filed = [encode_id("Category", (await factories.make_category(database, "Loaves")).id)]
    await factories.make_category(database, "Nothing")
    given = {**WRITE, "tags": ["rye"], "authorIds": [ada], "categoryIds": filed}
    await desk.create(**{**given, "title": "Now", "publish": True})
    await desk.create(**{**given, "title": "Draft"})
    later = {"title": "Later", "publish": True, "publishedAt": "2100-01-01T00:00:01Z"}
    await desk.create(**{**given, **later})
    return await desk.create(**{**given, "title": "Due", "publish": True, "publishedAt": DUE})


async def test_an_instant_shows_what_readers_will_see_then(desk: Desk) -> None:
    post = await make_plans(desk)
    before = (await look_ahead(desk, post)).json()["data"]
    for role in (Role.EDITOR, Role.ADMIN):
        for instant in (DUE, "2100-01-01T05:30:00+05:30"):
            response = await look_ahead(desk, post, role, instant)
            ahead = response.json()["data"]
            assert response.headers["cache-control"] == "private, no-store"
            assert "Pressroom-Perspective" in response.headers["vary"]
    assert (await look_ahead(desk, post)).json()["data"] == before
    with clock.told_by(lambda: datetime(2100, 1, 1, tzinfo=UTC)):
        then = (await look_ahead(desk, post)).json()["data"]
    # A rendition cannot be fetched before its post is there for all.
    assert ahead["post"].pop("rendition") == {"status": "FAILED"}
    assert then["post"].pop("rendition") == {"status": "READY"}
    assert ahead == then
    _check_ahead(before, ahead)


def _check_ahead(before: dict[str, Any], ahead: dict[str, Any]) -> None:
    assert (before["post"], before["resolvePath"]) == (None, None)
    assert ahead["post"] == {
        "status": "PUBLISHED", "publishedAt": DUE, "previous": {"title": "Now"},
        "revisions": {"totalCount": 0},
    }  # fmt: skip
    assert [edge["node"]["title"] for edge in before["posts"]["edges"]] == ["Now"]
    due, now = (edge["node"] for edge in ahead["posts"]["edges"])
    assert (due["title"], due["status"], due["publishedAt"]) == ("Due", "PUBLISHED", DUE)
    assert now["next"] == {"title": "Due"}
    assert before["statuses"] == ahead["statuses"] == {"totalCount": 0}
    for data, titles in ((before, ["Now"]), (ahead, ["Due", "Now"])):
        listed = {"totalCount": len(titles), "nodes": [{"title": title} for title in titles]}
        assert data["search"]["totalCount"] == len(titles)
        (author,) = data["authors"]["nodes"]
        assert author == {"postCount": len(titles), "posts": listed}
        category = data["categories"]["edges"][0]["node"]
        assert (category["postCount"], category["posts"]) == (len(titles), listed)
        assert data["tag"] == {"posts": listed}


@pytest.mark.parametrize("role", [None, Role.READER, Role.CONTRIBUTOR, Role.MODERATOR])
async def test_who_may_not_look_ahead_is_told_so(desk: Desk, role: Role | None) -> None:
    post = await make_plans(desk)
    response = await look_ahead(desk, post, role, DUE)
    assert response.status_code == 403
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "FORBIDDEN"
    assert "Pressroom-Perspective" in error["message"]


async def test_nothing_is_changed_at_an_instant_to_come(desk: Desk) -> None:
    headers = {
        "Pressroom-Perspective": DUE,
        "Authorization": f"Bearer {await desk.token(Role.EDITOR)}",
    }
    request = {"query": MUTATIONS["create_post"], "variables": {"input": WRITE}}
    before = await desk.stored()
    response = await desk.api.http.post("/graphql", json=request, headers=headers)
    (error,) = response.json()["errors"]
    assert error["extensions"]["code"] == "BAD_USER_INPUT"
    assert "Pressroom-Perspective" in error["message"]
    assert await desk.stored() == before


async def test_pages_of_what_is_to_come_hang_together(desk: Desk) -> None:
    await make_plans(desk)
    query = """query($after: String) {
      posts(first: 1, after: $after) { nodes { title } pageInfo { hasNextPage endCursor } }
    }"""
    headers = {
        "Pressroom-Perspective": "2100-01-01T00:00:01Z",
        "Authorization": f"Bearer {await desk.token(Role.EDITOR)}",
    }
    titles: list[str] = []
    page: dict[str, Any] = {"pageInfo": {"hasNextPage": True, "endCursor": None}}
    while page["pageInfo"]["hasNextPage"]:
        request = {"query": query, "variables": {"after": page["pageInfo"]["endCursor"]}}
        answer = await desk.api.http.post("/graphql", json=request, headers=headers)
        page = answer.json()["data"]["posts"]
        titles += [node["title"] for node in page["nodes"]]
    assert titles == ["Later", "Due", "Now"]
