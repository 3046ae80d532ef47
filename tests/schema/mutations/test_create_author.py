"""`createAuthor` through HTTP."""

from typing import Any

import factories
import pytest
from serving import API
from writing import Desk

pytestmark = pytest.mark.anyio


async def test_a_new_name(api: API) -> None:
    desk = Desk(api)
    sent = {"name": "Ada Lovelace", "bio": "Counts.", "url": "https://ada.example/"}
    author = (await desk.done("create_author", sent))["author"]
    assert author.pop("id")
    assert author == {**sent, "slug": "ada-lovelace"}
    other = (await desk.done("create_author", {"name": "Ada Lovelace", "bio": None}))["author"]
    assert (other["slug"], other["bio"], other["url"]) == ("ada-lovelace-2", "", None)


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"name": ""}, ("REQUIRED", ["name"])),
        ({"name": "x" * 201}, ("TOO_LONG", ["name"])),
        ({"slug": "ada"}, ("TAKEN", ["slug"])),
        ({"bio": "a\0b"}, ("INVALID", ["bio"])),
    ],
)
async def test_faults(api: API, sent: dict[str, Any], fault: Any) -> None:
    desk = Desk(api)
    await factories.make_author(api.app.database, "Ada", slug="ada")
    assert await desk.faults("create_author", {"name": "Emile", **sent}) == [fault]


async def test_an_address_must_be_one(api: API) -> None:
    answer = await Desk(api).send("create_author", {"name": "Ada", "url": "javascript:alert(1)"})
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
