"""`mergeCategories` through HTTP."""

from typing import Any

import factories
import pytest
from serving import API
from writing import Desk

from pressroom.cms.services.check import check
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import reading_session

pytestmark = pytest.mark.anyio

PATH = """query($path: String!) {
  resolvePath(path: $path) { __typename ...on Redirect { to } ...on Category { name } }
}"""
KNOWN = "query($id: ID!) { category(by: {id: $id}) { version postCount } }"


async def grow(api: API) -> dict[str, str]:
    """Make a branch of three with a post in each, and one beside it that shares a post."""
    database = api.app.database
    home = await factories.make_category(database, "Home")
    kitchen = await factories.make_category(database, "Kitchen", home)
    bread = await factories.make_category(database, "Bread", kitchen)
    away = await factories.make_category(database, "Away")
    await factories.make_post(database, "At home", categories=[home])
    await factories.make_post(database, "Cooked", categories=[kitchen])
    await factories.make_post(database, "Baked", categories=[bread])
    await factories.make_post(database, "Both", categories=[kitchen, away])
    named = {"home": home, "kitchen": kitchen, "bread": bread, "away": away}
    return {name: encode_id("Category", category.id) for name, category in named.items()}


async def sound(api: API) -> bool:
    async with reading_session(api.app.database) as session:
        return await check(session) == []


async def test_children_and_posts_go_to_the_one_that_stays(api: API) -> None:
    desk, ids = Desk(api), await grow(api)
    sent = {"id": ids["kitchen"], "version": 1, "into": ids["away"]}
    category = (await desk.done("merge_categories", sent))["category"]
    assert (category["id"], category["version"]) == (ids["away"], 2)
    assert category["children"] == [{"name": "Bread"}]
    titles = {post["title"] for post in category["posts"]["nodes"]}
    assert titles == {"Cooked", "Both", "Baked"}
    assert (category["postCount"], category["posts"]["totalCount"]) == (3, 3)
    assert (await desk.read(KNOWN, id=ids["home"]))["category"] == {"version": 1, "postCount": 1}
    assert (await desk.read(KNOWN, id=ids["kitchen"]))["category"] is None
    assert await sound(api)
    assert await desk.journal("Category") == [
        *[("create", "CREATED", True)] * 4,
        ("merge", "UPDATED", True),
        ("update", "UPDATED", True),
        ("merge", "DELETED", True),
    ]


async def test_old_addresses_lead_there_through_all_that_follows(api: API) -> None:
    desk, ids = Desk(api), await grow(api)

    async def leads_to(slug: str) -> Any:
        return (await desk.read(PATH, path=f"/category/{slug}"))["resolvePath"]

    await desk.done("update_category", {"id": ids["bread"], "version": 1, "slug": "loaves"})
    merge = {"id": ids["bread"], "version": 2, "into": ids["kitchen"]}
    await desk.done("merge_categories", merge)
    for slug in ("bread", "loaves"):
        assert (await leads_to(slug))["to"].endswith("/category/kitchen")
    await desk.done("update_category", {"id": ids["kitchen"], "version": 2, "slug": "galley"})
    for slug in ("bread", "loaves", "kitchen"):
        assert (await leads_to(slug))["to"].endswith("/category/galley")
    merge = {"id": ids["kitchen"], "version": 3, "into": ids["away"]}
    await desk.done("merge_categories", merge)
    for slug in ("bread", "loaves", "kitchen", "galley"):
        assert (await leads_to(slug))["to"].endswith("/category/away")
    await desk.done("delete_category", {"id": ids["away"], "version": 2})
    for slug in ("bread", "loaves", "kitchen", "galley", "away"):
        assert await leads_to(slug) == {"__typename": "Gone"}
    await desk.done("create_category", {"name": "Loaves"})
    await desk.done("create_category", {"name": "Bakery", "slug": "loaves"})
    assert await leads_to("loaves") == {"__typename": "Category", "name": "Bakery"}


async def test_faults(api: API) -> None:
    desk, ids = Desk(api), await grow(api)
    cases: list[tuple[dict[str, Any], tuple[str, list[str]]]] = [
        ({"id": ids["bread"], "version": 2, "into": ids["away"]}, ("CONFLICT", ["version"])),
        ({"id": "x", "version": 1, "into": ids["away"]}, ("NOT_FOUND", ["id"])),
        ({"id": ids["home"], "version": 1, "into": ids["home"]}, ("INVALID", ["into"])),
        ({"id": ids["home"], "version": 1, "into": ids["bread"]}, ("INVALID", ["into"])),
        ({"id": ids["home"], "version": 1, "into": "x"}, ("NOT_FOUND", ["into"])),
    ]
    for sent, fault in cases:
        assert await desk.faults("merge_categories", sent) == [fault]


async def test_a_key_merges_once(api: API) -> None:
    desk, ids = Desk(api), await grow(api)
    sent = {"id": ids["bread"], "version": 1, "into": ids["away"], "idempotencyKey": "k"}
    first = await desk.done("merge_categories", sent)
    assert await desk.done("merge_categories", sent) == first
