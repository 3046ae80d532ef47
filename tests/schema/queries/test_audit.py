"""`auditLog`: who did what to which thing."""

from typing import Any

import factories
import pytest
from operations.content import Time
from operations.library import MUTATIONS
from serving import API
from writing import WRITE, Desk

from pressroom.cms.actors import Role
from pressroom.cms.store import clock

pytestmark = pytest.mark.anyio

LOG = """query($first: Int, $after: String, $where: AuditFilter) {
  auditLog(first: $first, after: $after, where: $where) {
    nodes {
      occurredAt action nodeType nodeId version
      actor { name role accessTokenId }
      node { ...on Post { title } }
    }
    pageInfo { endCursor hasNextPage }
  }
}"""
DATES = {"since": "2026-03-02T00:00:00Z", "until": "2026-03-03T00:00:00Z"}


async def log(desk: Desk, first: int = 20, after: str | None = None, **where: Any) -> Any:
    """Read the log as an administrator; the entries of tokens aside."""
    answer = await desk.read(LOG, Role.ADMIN, first=first, after=after, where=where)
    return answer["auditLog"]


def told(page: Any) -> list[tuple[str, str]]:
    return [(entry["action"], entry["nodeType"]) for entry in page["nodes"]]


@pytest.mark.parametrize("role", [None, *[role for role in Role if role is not Role.ADMIN]])
async def test_it_is_for_administrators_alone(api: API, role: Role | None) -> None:
    desk = Desk(api)
    answer = await api.send("{ auditLog { nodes { action } } }", token=await desk.token(role))
    assert "data" not in answer or answer["data"] is None
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]


async def test_it_tells_who_did_what_newest_first(api: API) -> None:
    desk = Desk(api)
    post = await desk.create(title="Bread")
    await desk.post("publish_post", post)
    await desk.done("create_tag", {"name": "Rye"})
    token = await desk.token(Role.EDITOR)
    page = await log(desk, nodeType="Post")
    assert [entry["action"] for entry in page["nodes"]] == ["publish", "create"]
    newest = page["nodes"][0]
    assert newest["nodeId"] == post["id"]
    assert (newest["version"], newest["node"]) == (2, {"title": "Bread"})
    assert (newest["actor"]["name"], newest["actor"]["role"]) == ("editor", "EDITOR")
    (made,) = (await log(desk, nodeId=newest["actor"]["accessTokenId"]))["nodes"]
    assert (made["action"], made["nodeType"]) == ("create", "AccessToken")
    everything = await log(desk)
    assert told(everything)[:2] == [("create", "AccessToken"), ("create", "Tag")]
    assert token not in str(everything)


async def test_two_tokens_of_one_name_are_told_apart(api: API) -> None:
    desk, again = Desk(api), Desk(api)
    sent = {**WRITE, "idempotencyKey": "k"}
    for each in (desk, again):
        await each.done("create_post", sent)
    nodes = (await log(desk, nodeType="Post", action="create"))["nodes"]
    assert len({entry["actor"]["accessTokenId"] for entry in nodes}) == 2
    assert {entry["actor"]["name"] for entry in nodes} == {"editor"}


async def test_what_is_gone_has_its_entries_still(api: API) -> None:
    desk = Desk(api)
    tag = (await desk.done("create_tag", {"name": "Rye"}))["tag"]
    await desk.done("delete_tag", {"id": tag["id"]})
    page = await log(desk, nodeId=tag["id"])
    assert told(page) == [("delete", "Tag"), ("create", "Tag")]
    assert page["nodes"][0]["node"] is None
    assert (await log(desk, nodeId="nonsense"))["nodes"] == []


async def test_filters_and_pages(api: API) -> None:
    desk, time = Desk(api), Time()
    with clock.told_by(time):
        for _day in range(4):
            await factories.make_category(api.app.database, "Essays")
            time.pass_by(days=1)
        await desk.done("create_author", {"name": "Ada"}, role=Role.ADMIN)
        assert told(await log(desk, actor="admin")) == [("create", "Author")]
        assert len((await log(desk, actor="editor", nodeType="Category"))["nodes"]) == 4
        (second,) = (await log(desk, **DATES))["nodes"]
        assert second["occurredAt"] == "2026-03-02T12:00:00Z"
        first = await log(desk, first=3, nodeType="Category")
        rest = await log(desk, after=first["pageInfo"]["endCursor"], nodeType="Category")
    assert (first["pageInfo"]["hasNextPage"], len(rest["nodes"])) == (True, 1)
    seen = [entry["occurredAt"] for entry in first["nodes"] + rest["nodes"]]
    assert seen == sorted(seen, reverse=True)
    assert len(set(seen)) == 4


async def test_it_tells_nothing_of_what_readers_send(api: API) -> None:
    desk = Desk(api)
    post = await desk.create(publish=True)
    given = {"postId": post["id"], "authorName": "Xyzzy", "authorEmail": "xyzzy@mail.example"}
    sent = {"input": {**given, "body": "Xyzzy said."}}
    await api.data(MUTATIONS["submit_comment"], sent)
    page = await log(desk)
    assert ("submit", "Comment") in told(page)
    assert "xyzzy" not in str(page).lower()
    (entry,) = (await log(desk, nodeType="Comment"))["nodes"]
    assert entry["actor"] == {"name": None, "role": "READER", "accessTokenId": None}
