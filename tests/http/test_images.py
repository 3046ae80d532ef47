"""Images at their addresses."""

from io import BytesIO
from typing import Any

import httpx
import pytest
from pictures import moving, picture
from PIL import Image
from serving import API
from uploading import upload
from writing import Desk

from pressroom.cms.actors import Role

pytestmark = pytest.mark.anyio

FIELDS = "url width height mediaType"

HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "cross-origin",
}


@pytest.fixture
def desk(api: API) -> Desk:
    return Desk(api)


def digest_of(image: dict[str, Any]) -> str:
    return str(image["url"].rpartition("/")[2].partition(".")[0])


async def test_an_image_is_had_for_good(desk: Desk) -> None:
    image = await upload(desk, picture("jpeg"))
    response = await desk.api.http.get(image["url"])
    assert response.status_code == 200
    assert response.headers["content-type"] == image["mediaType"] == "image/jpeg"
    assert len(response.content) == image["byteSize"]
    assert HEADERS.items() <= dict(response.headers).items()
    tag = response.headers["etag"]
    for given in (tag, f'W/{tag}, "other"', "*"):
        again = await desk.api.http.get(image["url"], headers={"If-None-Match": given})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    head = await desk.api.http.head(image["url"])
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == str(image["byteSize"])


async def test_variants_are_made_when_they_are_asked_for(desk: Desk) -> None:
    image = await upload(desk, picture("png", (700, 350)))
    for form in ("WEBP", "AVIF", "JPEG"):
        query = (
            f"query($id: ID!) {{ image(id: $id) {{ variants(format: {form}) {{ {FIELDS} }} }} }}"
        )
        data = await desk.api.data(query, {"id": image["id"]}, await desk.token(Role.EDITOR))
        variants = data["image"]["variants"]
        assert [variant["width"] for variant in variants] == [160, 320, 480, 640, 700]
        for variant in variants:
            response = await desk.api.http.get(variant["url"])
            assert response.headers["content-type"] == variant["mediaType"]
            assert HEADERS.items() <= dict(response.headers).items()
            size = Image.open(BytesIO(response.content)).size
            assert size == (variant["width"], variant["height"])


async def test_what_moves_is_offered_as_it_is(desk: Desk) -> None:
    image = await upload(desk, moving("gif"))
    query = f"query($id: ID!) {{ image(id: $id) {{ variants {{ {FIELDS} }} }} }}"
    data = await desk.api.data(query, {"id": image["id"]}, await desk.token(Role.EDITOR))
    (variant,) = data["image"]["variants"]
    assert variant["url"] == image["url"]
    response = await desk.api.http.get(variant["url"])
    assert Image.open(BytesIO(response.content)).n_frames == 3


async def test_there_is_nothing_at_other_addresses(desk: Desk) -> None:
    image = await upload(desk, picture("png", (700, 350)))
    known, other = digest_of(image), "0" * 64
    for path in (
        f"{known}", f"{known}.jpeg", f"{known}.svg", f"{known.upper()}.png", f"{other}.png",
        f"{known}.png.png", "..%2f..%2fpressroom.db", f"{known}/161.webp", f"{known}/0160.webp",
        f"{known}/160.png", f"{known}/960.webp", f"{known}/160", f"{known}/-160.webp",
        f"{known}/99999999999.webp", f"{known}/\u0661.webp", f"{known}/master", f"{known}/print",
        f"{other}/160.webp", f"{known}/..%2fmaster", "x.png",
    ):  # fmt: skip
        response: httpx.Response = await desk.api.http.get(f"/media/{path}")
        assert response.status_code == 404, path
        assert response.headers.get("cache-control", "no-store") == "no-store"


async def test_nothing_else_is_made_than_what_was_asked_for(desk: Desk) -> None:
    image = await upload(desk, picture("png", (700, 350)))
    folder = desk.api.app.settings.media_dir / "images"
    await desk.api.http.get(f"/media/{digest_of(image)}/160.webp")
    await desk.api.http.get(f"/media/{digest_of(image)}/161.webp")
    files = sorted(path.name for path in folder.rglob("*") if path.is_file())
    assert files == ["160.webp", "master"]
