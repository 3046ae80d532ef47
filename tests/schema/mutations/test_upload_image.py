"""`uploadImage` through HTTP."""

import asyncio

import factories
import pytest
from pictures import SECRET, bomb, photographed, picture
from serving import API
from uploading import faults, send_image, upload
from writing import Desk

from pressroom.cms.actors import Role

pytestmark = pytest.mark.anyio


async def test_a_picture_and_what_it_shows(api: API) -> None:
    desk = Desk(api)
    image = await upload(desk, photographed("jpeg", 6), alt="A door", caption="Red.\nAnd open.")
    assert (image["width"], image["height"], image["mediaType"]) == (80, 120, "image/jpeg")
    assert (image["alt"], image["caption"]) == ("A door", "Red.\nAnd open.")
    content = (await api.http.get(image["url"])).content
    assert SECRET.encode() not in content
    assert await desk.journal("Image") == [("upload", "CREATED", False)]


async def test_the_same_picture_is_two_images_and_one_file(api: API) -> None:
    desk = Desk(api)
    first, second = await upload(desk, alt="One"), await upload(desk, alt="Two")
    assert first["url"] == second["url"]
    assert first["id"] != second["id"]
    assert (first["alt"], second["alt"]) == ("One", "Two")


@pytest.mark.parametrize(
    ("content", "said", "fault"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", {}, ("INVALID", ["file"])),
        (b"", {}, ("INVALID", ["file"])),
        (picture()[:-30], {}, ("INVALID", ["file"])),
        (bomb(60_000, 60_000), {}, ("INVALID", ["file"])),
        (picture(), {"alt": "x" * 1_001}, ("TOO_LONG", ["alt"])),
        (picture(), {"alt": "a\nb"}, ("INVALID", ["alt"])),
        (picture(), {"caption": "x" * 2_001}, ("TOO_LONG", ["caption"])),
        (picture(), {"idempotencyKey": ""}, ("REQUIRED", ["idempotencyKey"])),
    ],
)
async def test_faults(
    api: API, content: bytes, said: dict[str, str], fault: tuple[str, list[str]]
) -> None:
    assert await faults(Desk(api), content, **said) == [fault]


async def test_what_is_sent_again_is_answered_again(api: API) -> None:
    desk = Desk(api)
    first = await upload(desk, idempotencyKey="k")
    assert await upload(desk, idempotencyKey="k") == first
    assert await faults(desk, picture(size=(9, 9)), idempotencyKey="k") == [
        ("CONFLICT", ["idempotencyKey"])
    ]


async def test_contributors_send_as_an_author(api: API) -> None:
    desk = Desk(api)
    ada = await factories.make_author(api.app.database, "Ada")
    for role in (Role.CONTRIBUTOR, Role.MODERATOR):
        assert (await upload(desk, role=role, author=ada))["width"] == 120
        answer = await send_image(desk, picture(), role=role)
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


async def test_others_are_answered_while_images_are_decoded(api: API) -> None:
    desk = Desk(api)
    await desk.token(Role.EDITOR)
    large = picture("png", (2_000, 2_000))
    uploads = asyncio.gather(*(upload(desk, large) for _ in range(3)))
    answered = 0
    while not uploads.done():
        await api.data("{ site { title } }")
        answered += 1
        await asyncio.sleep(0)  # SQLite answers at once, and would let nobody else have a turn.
    assert answered > 3
    assert len({image["url"] for image in await uploads}) == 1
