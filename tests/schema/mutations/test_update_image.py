"""`updateImage` through HTTP."""

import factories
import pytest
from serving import API
from uploading import upload
from writing import Desk

from pressroom.cms.actors import Role

pytestmark = pytest.mark.anyio


async def test_other_words(api: API) -> None:
    desk = Desk(api)
    image = await upload(desk, alt="A dor", caption="Red.")
    changed = (await desk.done("update_image", {"id": image["id"], "alt": "A door"}))["image"]
    assert changed == {"id": image["id"], "alt": "A door", "caption": "Red."}
    changed = (await desk.done("update_image", {"id": image["id"], "caption": ""}))["image"]
    assert (changed["alt"], changed["caption"]) == ("A door", "")
    await desk.done("update_image", {"id": image["id"], "alt": None})
    verbs = ["upload", "update", "update"]
    assert [verb for verb, _, _ in await desk.journal("Image")] == verbs


async def test_readers_are_told_of_what_they_see(api: API) -> None:
    desk = Desk(api)
    image = await upload(desk)
    await desk.create(imageId=image["id"], publish=True)
    await desk.done("update_image", {"id": image["id"], "alt": "Seen"})
    assert (await desk.journal("Image"))[-1] == ("update", "UPDATED", True)
    query = "{ changes(first: 100) { nodes { nodeType node { ... on Image { alt } } } } }"
    changes = (await desk.read(query))["changes"]["nodes"]
    assert changes[-1] == {"nodeType": "Image", "node": {"alt": "Seen"}}


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"id": "x"}, ("NOT_FOUND", ["id"])),
        ({"alt": "x" * 1_001}, ("TOO_LONG", ["alt"])),
        ({"caption": "a\0b"}, ("INVALID", ["caption"])),
    ],
)
async def test_faults(api: API, sent: dict[str, str], fault: tuple[str, list[str]]) -> None:
    desk = Desk(api)
    image = await upload(desk)
    assert await desk.faults("update_image", {"id": image["id"], **sent}) == [fault]


async def test_contributors_change_what_they_sent_until_readers_see_it(api: API) -> None:
    desk = Desk(api)
    ada, emile = [await factories.make_author(api.app.database, name) for name in ("Ada", "Emile")]
    own = await upload(desk, role=Role.CONTRIBUTOR, author=ada)
    sent = {"id": own["id"], "alt": "Mine"}
    payload = await desk.done("update_image", sent, role=Role.CONTRIBUTOR, author=ada)
    assert payload["image"]["alt"] == "Mine"
    for author in (emile, None):
        assert await desk.faults("update_image", sent, Role.CONTRIBUTOR, author) == [
            ("NOT_FOUND", ["id"])
        ]
    await desk.create(imageId=own["id"], publish=True)
    answer = await desk.send("update_image", sent, Role.CONTRIBUTOR, ada)
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_an_answer_that_shows_it_is_made_anew(api: API) -> None:
    desk = Desk(api)
    image = await upload(desk, alt="Before")
    await desk.create(imageId=image["id"], publish=True)
    query = '{ post(by: {slug: "bread"}) { image { alt } rendition(format: PDF) { url } } }'
    before = (await desk.read(query))["post"]
    await desk.done("update_image", {"id": image["id"], "alt": "After"})
    after = (await desk.read(query))["post"]
    assert (before["image"]["alt"], after["image"]["alt"]) == ("Before", "After")
    assert before["rendition"]["url"] != after["rendition"]["url"]
