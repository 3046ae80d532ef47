"""`updateAuthor` through HTTP."""

from typing import Any

import factories
import pytest
from serving import API
from writing import Desk

from pressroom.cms.store.keys import encode_id

pytestmark = pytest.mark.anyio


async def test_what_is_left_out_stays(api: API) -> None:
    desk = Desk(api)
    url = "https://ada.example/"
    author = await factories.make_author(api.app.database, "Ada", bio="Counts.", url=url)
    known = {"id": encode_id("Author", author.id)}
    changed = (await desk.done("update_author", {**known, "name": "Ada L."}))["author"]
    assert changed == {**known, "slug": "ada", "name": "Ada L.", "bio": "Counts.", "url": url}
    nulls = {"name": None, "slug": None, "bio": None, "url": None}
    removed = (await desk.done("update_author", {**known, **nulls}))["author"]
    assert removed == {**changed, "url": None}
    empty = (await desk.done("update_author", {**known, "bio": "", "slug": "lovelace"}))["author"]
    assert (empty["bio"], empty["slug"]) == ("", "lovelace")


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"id": "x"}, ("NOT_FOUND", ["id"])),
        ({"name": ""}, ("REQUIRED", ["name"])),
        ({"slug": "emile"}, ("TAKEN", ["slug"])),
        ({"bio": "x" * 10_001}, ("TOO_LONG", ["bio"])),
    ],
)
async def test_faults(api: API, sent: dict[str, Any], fault: Any) -> None:
    desk = Desk(api)
    author = await factories.make_author(api.app.database, "Ada")
    await factories.make_author(api.app.database, "Emile", slug="emile")
    given = {"id": encode_id("Author", author.id), **sent}
    assert await desk.faults("update_author", given) == [fault]
