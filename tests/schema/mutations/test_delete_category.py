"""`deleteCategory` through HTTP."""

from typing import Any

import factories
import pytest
from serving import API
from writing import Desk

from pressroom.cms.services.check import check
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import reading_session

pytestmark = pytest.mark.anyio

TREE = """{
  categories { nodes { name parent { name } posts(includeDescendants: false) { totalCount } } }
}"""


async def grow(api: API) -> dict[str, str]:
    """Make a branch of three with a post in the middle, and a tree beside it."""
    database = api.app.database
    home = await factories.make_category(database, "Home")
    kitchen = await factories.make_category(database, "Kitchen", home)
    bread = await factories.make_category(database, "Bread", kitchen)
    away = await factories.make_category(database, "Away")
    await factories.make_post(database, categories=[kitchen])
    named = {"home": home, "kitchen": kitchen, "bread": bread, "away": away}
    return {name: encode_id("Category", category.id) for name, category in named.items()}


@pytest.mark.parametrize("heir", ["Home", "Away"])
async def test_children_and_posts_go_on(api: API, heir: str) -> None:
    desk, ids = Desk(api), await grow(api)
    move_to = {"Home": None, "Away": ids["away"]}[heir]
    sent = {"id": ids["kitchen"], "version": 1, "moveTo": move_to}
    assert (await desk.done("delete_category", sent))["deletedId"] == ids["kitchen"]
    tree = {node.pop("name"): node for node in (await desk.read(TREE))["categories"]["nodes"]}
    assert tree.keys() == {"Home", "Bread", "Away"}
    assert tree["Bread"]["parent"] == {"name": heir}
    assert tree[heir]["posts"] == {"totalCount": 1}
    async with reading_session(api.app.database) as session:
        assert await check(session) == []


async def test_its_address_is_gone(api: API) -> None:
    desk, ids = Desk(api), await grow(api)
    url = "query($id: ID!) { category(by: {id: $id}) { url } }"
    path = (await desk.read(url, id=ids["away"]))["category"]["url"]
    await desk.done("delete_category", {"id": ids["away"], "version": 1})
    resolve = "query($path: String!) { resolvePath(path: $path) { __typename } }"
    assert (await desk.read(resolve, path=path))["resolvePath"] == {"__typename": "Gone"}


async def test_faults(api: API) -> None:
    desk, ids = Desk(api), await grow(api)
    cases: list[tuple[dict[str, Any], tuple[str, list[str]]]] = [
        ({"id": ids["bread"], "version": 2}, ("CONFLICT", ["version"])),
        ({"id": "x", "version": 1}, ("NOT_FOUND", ["id"])),
        ({"id": ids["home"], "version": 1, "moveTo": ids["home"]}, ("INVALID", ["moveTo"])),
        ({"id": ids["home"], "version": 1, "moveTo": ids["bread"]}, ("INVALID", ["moveTo"])),
        ({"id": ids["home"], "version": 1, "moveTo": "x"}, ("NOT_FOUND", ["moveTo"])),
    ]
    for sent, fault in cases:
        assert await desk.faults("delete_category", sent) == [fault]
