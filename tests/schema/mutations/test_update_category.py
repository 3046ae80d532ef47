"""`updateCategory` through HTTP."""

from typing import Any

import factories
import pytest
from serving import API
from writing import Desk

from pressroom.cms.services.check import check
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import reading_session

pytestmark = pytest.mark.anyio

RESOLVE = "query($path: String!) { resolvePath(path: $path) { __typename ...on Redirect { to } } }"
TREE = "{ categories { nodes { name postCount ancestors { name } } } }"


async def grow(api: API) -> dict[str, Any]:
    """Make a branch of three with a post in the lowest, and a tree beside it."""
    database = api.app.database
    home = await factories.make_category(database, "Home")
    kitchen = await factories.make_category(database, "Kitchen", home)
    bread = await factories.make_category(database, "Bread", kitchen)
    away = await factories.make_category(database, "Away")
    await factories.make_post(database, categories=[bread])
    named = {"home": home, "kitchen": kitchen, "bread": bread, "away": away}
    return {name: encode_id("Category", category.id) for name, category in named.items()}


async def test_what_is_left_out_stays(api: API) -> None:
    desk, ids = Desk(api), await grow(api)
    sent = {"id": ids["kitchen"], "version": 1, "name": "Pantry", "description": "Jars."}
    changed = (await desk.done("update_category", sent))["category"]
    assert (changed["name"], changed["description"], changed["slug"]) == (
        "Pantry",
        "Jars.",
        "kitchen",
    )
    assert (changed["parent"], changed["version"]) == ({"name": "Home"}, 2)
    nulls = {"name": None, "slug": None, "description": None}
    again = await desk.done("update_category", {"id": ids["kitchen"], "version": 2, **nulls})
    assert again["category"] == changed


async def test_a_branch_moves_with_its_posts(api: API) -> None:
    desk, ids = Desk(api), await grow(api)
    sent = {"id": ids["kitchen"], "version": 1, "parentId": ids["away"]}
    moved = (await desk.done("update_category", sent))["category"]
    assert (moved["ancestors"], moved["postCount"]) == ([{"name": "Away"}], 1)
    tree = {node.pop("name"): node for node in (await desk.read(TREE))["categories"]["nodes"]}
    assert {name: node["postCount"] for name, node in tree.items()} == {
        "Away": 1, "Bread": 1, "Home": 0, "Kitchen": 1,
    }  # fmt: skip
    assert tree["Bread"]["ancestors"] == [{"name": "Away"}, {"name": "Kitchen"}]
    async with reading_session(api.app.database) as session:
        assert await check(session) == []


async def test_null_makes_a_root(api: API) -> None:
    desk, ids = Desk(api), await grow(api)
    sent = {"id": ids["bread"], "version": 1, "parentId": None}
    moved = (await desk.done("update_category", sent))["category"]
    assert (moved["parent"], moved["ancestors"], moved["postCount"]) == (None, [], 1)


async def test_a_cycle_is_refused(api: API) -> None:
    desk, ids = Desk(api), await grow(api)
    for parent in ("home", "kitchen", "bread"):
        sent = {"id": ids["home"], "version": 1, "parentId": ids[parent]}
        assert await desk.faults("update_category", sent) == [("INVALID", ["parentId"])]


async def test_an_old_address_leads_to_the_new_one(api: API) -> None:
    desk, ids = Desk(api), await grow(api)
    before = "query($id: ID!) { category(by: {id: $id}) { url } }"
    path = (await desk.read(before, id=ids["away"]))["category"]["url"]
    sent = {"id": ids["away"], "version": 1, "slug": "abroad"}
    url = (await desk.done("update_category", sent))["category"]["url"]
    assert (await desk.read(RESOLVE, path=path))["resolvePath"] == {
        "__typename": "Redirect",
        "to": url,
    }


async def test_a_stale_version_is_a_conflict(api: API) -> None:
    desk, ids = Desk(api), await grow(api)
    await desk.done("update_category", {"id": ids["away"], "version": 1, "name": "Theirs"})
    sent = {"id": ids["away"], "version": 1, "name": "Mine", "description": ""}
    assert await desk.faults("update_category", sent) == [
        ("CONFLICT", ["version"]),
        ("CONFLICT", ["name"]),
    ]


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"id": "x"}, ("NOT_FOUND", ["id"])),
        ({"name": " "}, ("REQUIRED", ["name"])),
        ({"slug": "home"}, ("TAKEN", ["slug"])),
        ({"parentId": "x"}, ("NOT_FOUND", ["parentId"])),
    ],
)
async def test_faults(api: API, sent: dict[str, Any], fault: Any) -> None:
    desk, ids = Desk(api), await grow(api)
    given = {"id": ids["away"], "version": 1, **sent}
    assert await desk.faults("update_category", given) == [fault]
