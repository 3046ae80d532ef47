"""`revertPost` through HTTP."""

from typing import Any

import factories
import pytest
from serving import API
from writing import WRITE, Desk

from pressroom.cms.actors import Role

pytestmark = pytest.mark.anyio


async def test_the_words_of_before_as_a_new_version(api: API) -> None:
    desk = Desk(api)
    first = await desk.create(tags=["Rye"], excerpt="In short.", publish=True)
    changes = {"title": "Cake", "body": {"markdown": "Sugar."}, "tags": [], "slug": "cake"}
    second = await desk.post("update_post", first, **changes, excerpt=None)
    third = await desk.post("revert_post", second, toVersion=1)
    for name in ("title", "body", "tags", "excerpt", "publishedAt", "status"):
        assert third[name] == first[name]
    assert (third["version"], third["slug"]) == (3, "cake")
    assert third["updatedAt"] > second["updatedAt"]
    revisions = (
        "query($id: ID!) { node(id: $id) { ...on Post { revisions { nodes { version } } } } }"
    )
    told = (await desk.read(revisions, Role.EDITOR, id=first["id"]))["node"]["revisions"]["nodes"]
    assert [revision["version"] for revision in told] == [3, 2, 1]


async def test_going_nowhere_stores_nothing(api: API) -> None:
    desk = Desk(api)
    post = await desk.create()
    before = await desk.stored()
    assert await desk.post("revert_post", post, toVersion=1) == post
    assert await desk.stored() == before


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"toVersion": 0}, ("NOT_FOUND", ["toVersion"])),
        ({"toVersion": 2}, ("NOT_FOUND", ["toVersion"])),
        ({"version": 0}, ("CONFLICT", ["version"])),
        ({"id": "x"}, ("NOT_FOUND", ["id"])),
    ],
)
async def test_faults(api: API, sent: dict[str, Any], fault: Any) -> None:
    desk = Desk(api)
    post = await desk.create()
    given = {"id": post["id"], "version": 1, "toVersion": 1, **sent}
    assert fault in await desk.faults("revert_post", given)


async def test_a_contributor_takes_back_their_own_words(api: API) -> None:
    desk = Desk(api)
    who: dict[str, Any] = {
        "role": Role.CONTRIBUTOR,
        "author": await factories.make_author(api.app.database),
    }
    known = {"id": (await desk.done("create_post", WRITE, **who))["post"]["id"]}
    await desk.done("update_post", {**known, "version": 1, "title": "Cake"}, **who)
    reverted = await desk.done("revert_post", {**known, "version": 2, "toVersion": 1}, **who)
    assert reverted["post"]["title"] == "Bread"
