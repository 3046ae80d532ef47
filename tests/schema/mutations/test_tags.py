"""`createTag`, `updateTag`, `mergeTags` and `deleteTag` through HTTP."""

from typing import Any

import factories
import pytest
from serving import API
from writing import Desk

from pressroom.cms.services.check import check
from pressroom.cms.store.sessions import reading_session

pytestmark = pytest.mark.anyio

TAG = "query($slug: String!) { tag(by: {slug: $slug}) { id name posts { nodes { title } } } }"
TAGS = "{ posts(orderBy: TITLE_ASC) { nodes { title tags { name } } } }"


async def write(api: API) -> None:
    """Make posts with tags."""
    database = api.app.database
    await factories.make_post(database, "A", tags=["Ink"])
    await factories.make_post(database, "B", tags=["Paper", "Glue", "Ink"])
    await factories.make_post(database, "C", tags=["Paper"])
    await factories.make_post(database, "D", tags=["Paper", "Ink"], publish=False)


async def id_of(desk: Desk, slug: str) -> str:
    key: str = (await desk.read(TAG, slug=slug))["tag"]["id"]
    return key


async def tags(desk: Desk) -> dict[str, list[str]]:
    return {
        post["title"]: [tag["name"] for tag in post["tags"]]
        for post in (await desk.read(TAGS))["posts"]["nodes"]
    }


async def test_a_tag_is_made_before_a_post_bears_it(api: API) -> None:
    desk = Desk(api)
    tag = (await desk.done("create_tag", {"name": "Käse & Brot"}))["tag"]
    assert (tag["name"], tag["slug"]) == ("Käse & Brot", "kase-brot")
    given = (await desk.done("create_tag", {"name": "C++", "slug": "cpp"}))["tag"]
    assert given["slug"] == "cpp"
    assert (await desk.done("create_tag", {"name": "käse brot"}))["tag"]["slug"] == "kase-brot-2"
    post = await desk.create(tags=["KÄSE & BROT", "c++"], publish=True)
    assert [tag["name"] for tag in post["tags"]] == ["Käse & Brot", "C++"]
    assert (await desk.read(TAG, slug="cpp"))["tag"]["id"] == given["id"]
    assert await desk.journal("Tag") == [("create", "CREATED", True)] * 3


async def test_a_tag_is_renamed_on_all_posts(api: API) -> None:
    desk = Desk(api)
    await write(api)
    ink = await id_of(desk, "ink")
    tag = (await desk.done("update_tag", {"id": ink, "name": "Tinte"}))["tag"]
    assert (tag["name"], tag["slug"]) == ("Tinte", "ink")
    assert (await tags(desk))["B"] == ["Paper", "Glue", "Tinte"]
    post = await desk.create(tags=["TINTE"])
    assert post["tags"] == [{"name": "Tinte"}]
    tag = (await desk.done("update_tag", {"id": ink, "slug": "tinte"}))["tag"]
    assert (tag["name"], tag["slug"]) == ("Tinte", "tinte")
    assert (await desk.read(TAG, slug="ink"))["tag"] is None
    assert (await desk.done("update_tag", {"id": ink, "name": "TINTE"}))["tag"]["name"] == "TINTE"
    assert await desk.journal("Tag") == [("update", "UPDATED", True)] * 3
    await desk.done("update_tag", {"id": ink, "name": "TINTE", "slug": None})
    assert len(await desk.journal("Tag")) == 3


async def test_two_tags_become_one(api: API) -> None:
    desk = Desk(api)
    await write(api)
    sent = {"id": await id_of(desk, "ink"), "into": await id_of(desk, "paper")}
    tag = (await desk.done("merge_tags", sent))["tag"]
    assert {post["title"] for post in tag["posts"]["nodes"]} == {"A", "B", "C", "D"}
    assert await tags(desk) == {"A": ["Paper"], "B": ["Paper", "Glue"], "C": ["Paper"]}
    assert (await desk.read(TAG, slug="ink"))["tag"] is None
    assert await desk.journal("Tag") == [("merge", "UPDATED", True), ("merge", "DELETED", True)]
    async with reading_session(api.app.database) as session:
        assert await check(session) == []


async def test_the_place_is_that_of_the_foremost(api: API) -> None:
    desk = Desk(api)
    await write(api)
    sent = {"id": await id_of(desk, "paper"), "into": await id_of(desk, "ink")}
    await desk.done("merge_tags", sent)
    assert (await tags(desk))["B"] == ["Ink", "Glue"]


async def test_a_tag_is_taken_off_all_posts(api: API) -> None:
    desk = Desk(api)
    await write(api)
    ink = await id_of(desk, "ink")
    assert (await desk.done("delete_tag", {"id": ink}))["deletedId"] == ink
    assert await tags(desk) == {"A": [], "B": ["Paper", "Glue"], "C": ["Paper"]}
    assert await desk.journal("Tag") == [("delete", "DELETED", True)]


async def test_faults(api: API) -> None:
    desk = Desk(api)
    await write(api)
    ink = await id_of(desk, "ink")
    cases: list[tuple[str, dict[str, Any], tuple[str, list[str]]]] = [
        ("create_tag", {"name": " "}, ("REQUIRED", ["name"])),
        ("create_tag", {"name": "x" * 81}, ("TOO_LONG", ["name"])),
        ("create_tag", {"name": "INK"}, ("TAKEN", ["name"])),
        ("create_tag", {"name": "Tinte", "slug": "ink"}, ("TAKEN", ["slug"])),
        ("create_tag", {"name": "Tinte", "slug": "a/b"}, ("INVALID", ["slug"])),
        ("update_tag", {"id": "x"}, ("NOT_FOUND", ["id"])),
        ("update_tag", {"id": ink, "name": "paper"}, ("TAKEN", ["name"])),
        ("update_tag", {"id": ink, "slug": "paper"}, ("TAKEN", ["slug"])),
        ("merge_tags", {"id": "x", "into": ink}, ("NOT_FOUND", ["id"])),
        ("merge_tags", {"id": ink, "into": "x"}, ("NOT_FOUND", ["into"])),
        ("merge_tags", {"id": ink, "into": ink}, ("INVALID", ["into"])),
        ("delete_tag", {"id": "x"}, ("NOT_FOUND", ["id"])),
    ]
    for mutation, sent, fault in cases:
        assert await desk.faults(mutation, sent) == [fault], (mutation, sent)
