"""`deletePost` through HTTP."""

import factories
import pytest
from serving import API
from writing import Desk, known

from pressroom.cms.services.check import check
from pressroom.cms.store.sessions import reading_session

pytestmark = pytest.mark.anyio

RESOLVE = "query($path: String!) { resolvePath(path: $path) { __typename } }"
LEFT = (
    "posts",
    "bodies",
    "revisions",
    "comments",
    "comment_senders",
    "category_posts",
    "post_tags",
)


async def test_gone_for_ever(api: API) -> None:
    desk, database = Desk(api), api.app.database
    category = await factories.make_category(database)
    post = await factories.make_post(database, categories=[category], tags=["Rye"], slug="bread")
    await factories.make_comment(database, post)
    trashed = await desk.post("trash_post", known(post))
    assert (await desk.read(RESOLVE, path="/bread"))["resolvePath"] is None
    payload = await desk.done("delete_post", {"id": trashed["id"], "version": trashed["version"]})
    assert payload["deletedId"] == trashed["id"]
    assert (await desk.read(RESOLVE, path="/bread"))["resolvePath"] == {"__typename": "Gone"}
    assert {name: (await desk.stored())[name] for name in LEFT} == dict.fromkeys(LEFT, 0)
    assert (await desk.journal())[-1] == ("delete", "DELETED", False)
    async with reading_session(database) as session:
        assert await check(session) == []


async def test_what_nobody_saw_leaves_nothing(api: API) -> None:
    desk = Desk(api)
    post = await desk.post("trash_post", await desk.create())
    await desk.done("delete_post", {"id": post["id"], "version": post["version"]})
    assert (await desk.read(RESOLVE, path="/bread"))["resolvePath"] is None


async def test_from_the_trash_alone(api: API) -> None:
    desk = Desk(api)
    post = await desk.create()
    sent = {"id": post["id"], "version": 1}
    assert await desk.faults("delete_post", sent) == [("INVALID", ["id"])]
    await desk.post("trash_post", post)
    assert ("CONFLICT", ["version"]) in await desk.faults("delete_post", sent)
    await desk.done("delete_post", {**sent, "version": 2, "idempotencyKey": "key"})
    assert await desk.faults("delete_post", {**sent, "version": 2}) == [("NOT_FOUND", ["id"])]
    again = await desk.done("delete_post", {**sent, "version": 2, "idempotencyKey": "key"})
    assert again["deletedId"] == post["id"]
