"""`createCategory` through HTTP."""

from typing import Any

import factories
import pytest
from serving import API
from writing import Desk

from pressroom.cms.store.keys import encode_id

pytestmark = pytest.mark.anyio


async def test_a_root_and_one_below(api: API) -> None:
    desk = Desk(api)
    root = (await desk.done("create_category", {"name": "Küche", "description": "Pots."}))[
        "category"
    ]
    assert (root["name"], root["slug"], root["description"]) == ("Küche", "kuche", "Pots.")
    assert (root["parent"], root["version"]) == (None, 1)
    assert root["url"].endswith("/kuche")
    sent = {"name": "Bread", "slug": "loaves", "parentId": root["id"]}
    below = (await desk.done("create_category", sent))["category"]
    assert (below["slug"], below["parent"]) == ("loaves", {"name": "Küche"})
    assert await desk.journal("Category") == [("create", "CREATED", True)] * 2


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"name": ""}, ("REQUIRED", ["name"])),
        ({"name": "x" * 201}, ("TOO_LONG", ["name"])),
        ({"slug": "taken"}, ("TAKEN", ["slug"])),
        ({"slug": "a/b"}, ("INVALID", ["slug"])),
        ({"description": "x" * 10_001}, ("TOO_LONG", ["description"])),
        ({"parentId": encode_id("Category", 99)}, ("NOT_FOUND", ["parentId"])),
        ({"parentId": encode_id("Post", 1)}, ("NOT_FOUND", ["parentId"])),
    ],
)
async def test_faults(api: API, sent: dict[str, Any], fault: Any) -> None:
    desk = Desk(api)
    await factories.make_category(api.app.database, slug="taken")
    assert await desk.faults("create_category", {"name": "Bread", **sent}) == [fault]


async def test_the_same_key_creates_once(api: API) -> None:
    desk = Desk(api)
    sent = {"name": "Bread", "idempotencyKey": "key"}
    first = await desk.done("create_category", sent)
    assert await desk.done("create_category", sent) == first
    assert (await desk.stored())["categories"] == 1
