"""Pictures of hosts that the operator listed, in renditions, through HTTP."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import rmtree
from typing import Any
from zipfile import ZipFile

import binding
import httpx
import pytest
from origin import Origin, Send, answered, endless, leading_to, never, origin
from pdfs import Pdf
from pictures import SECRET, bomb, moving, photographed, picture
from PIL import Image
from serving import API
from writing import Desk

from pressroom.cms.media.images.library import Library
from pressroom.cms.media.storage import storage_of
from pressroom.cms.renditions.making.remote_pictures import RemotePictures
from pressroom.cms.renditions.making.source import Source
from pressroom.cms.settings import Settings
from pressroom.cms.store import clock

pytestmark = pytest.mark.anyio

ASKED = """query($f: RenditionFormat!, $images: PrintImages!) { post(by: {slug: "bread"}) {
  rendition(format: $f, options: {images: $images, qrCode: false}) { url FIELDS } } }"""
SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"


@pytest.fixture
async def server() -> AsyncIterator[Origin]:
    async with origin() as server:
        yield server


@pytest.fixture
async def api(sqlite_settings: Settings, server: Origin) -> AsyncIterator[API]:
    listed = replace(sqlite_settings, image_hosts=(server.host,), max_upload_bytes=1_000_000)
    async with binding.patient(listed) as api:
        yield api


async def write(desk: Desk, *addresses: str) -> dict[str, Any]:
    text = "\n\n".join(f"![Loaf {place}]({each})" for place, each in enumerate(addresses))
    return await desk.create(publish=True, body={"markdown": text})


async def told(desk: Desk, form: str = "PDF", images: str = "ALL") -> dict[str, Any]:
    query = ASKED.replace("FIELDS", "status warnings sha256")
    rendition: dict[str, Any] = (await desk.read(query, f=form, images=images))["post"]["rendition"]
    return rendition


async def fetched(desk: Desk, form: str = "PDF", images: str = "ALL") -> httpx.Response:
    query = ASKED.replace("FIELDS", "")
    data = await desk.read(query, f=form, images=images)
    response = await desk.api.http.get(data["post"]["rendition"]["url"])
    assert response.status_code == 200
    return response


async def stored(api: API, made: httpx.Response) -> None:
    """Wait until a rendition, which is answered before that, is stored."""
    digest = made.url.path.split("/")[-2]
    kept = api.app.settings.media_dir / "renditions" / digest[:2] / digest
    while not kept.exists():  # noqa: ASYNC110 - a thread stores it, and sets no event
        await asyncio.sleep(0)


def sizes(pdf: Pdf) -> list[tuple[int, int]]:
    return sorted((int(image.Width), int(image.Height)) for image in pdf.images)


async def test_they_are_printed_and_fetched_once(api: API, server: Origin) -> None:
    server.answers |= {
        "/a.png?x=1&y=2": answered(picture("png", (300, 200))),
        "/b": answered(picture("webp", (320, 210)), **{"Content-Type": "text/html"}),
    }
    desk = Desk(api)
    await write(desk, server.url("/a.png?x=1&y=2"), server.url("/b"))
    pdf = await fetched(desk)
    assert sizes(Pdf(pdf.content)) == [(300, 200), (320, 210)]
    assert [tag.alternative for tag in Pdf(pdf.content).tagged("Figure")] == ["Loaf 0", "Loaf 1"]
    assert "immutable" in pdf.headers["cache-control"]
    assert (await told(desk))["warnings"] == []
    with ZipFile(BytesIO((await fetched(desk, "EPUB")).content)) as book:
        images = [book.read(name) for name in book.namelist() if "/images/" in name]
    assert sorted(Image.open(BytesIO(image)).size for image in images) == [(300, 200), (320, 210)]
    assert sorted(server.asked) == ["/a.png?x=1&y=2", "/b"]


async def test_what_is_printed_stays_the_same(api: API, server: Origin) -> None:
    """Whatever becomes of their host, and of the renditions that were stored."""
    server.answers["/a"] = answered(picture("png", (300, 200)))
    desk = Desk(api)
    await write(desk, server.url("/a"))
    first = await fetched(desk)
    server.answers["/a"] = answered(picture("png", (400, 400)))
    await stored(api, first)
    rmtree(api.app.settings.media_dir / "renditions")
    assert (await fetched(desk)).content == first.content
    assert server.asked == ["/a"]


async def test_nothing_that_a_camera_told_comes_along(api: API, server: Origin) -> None:
    server.answers["/a"] = answered(photographed("jpeg", orientation=6))
    desk = Desk(api)
    await write(desk, server.url("/a"))
    pdf = Pdf((await fetched(desk)).content)
    assert sizes(pdf) == [(80, 120)]
    kept = [path.read_bytes() for path in (api.app.settings.media_dir / "remote").iterdir()]
    contents = [*kept, *(bytes(image.read_raw_bytes()) for image in pdf.images)]
    assert len(contents) == 2
    assert not any(SECRET.encode() in content for content in contents)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (answered(SVG), "This is no PNG, JPEG, WebP, AVIF or GIF image."),
        (answered(b"<!doctype html>"), "This is no PNG, JPEG, WebP, AVIF or GIF image."),
        (answered(picture()[:-30]), "This PNG image is damaged, or cut off."),
        (answered(bomb(20_000, 20_000)), "This image has more than 50 million pixels."),
        (answered(b"", "500 Oh"), "Its host answered 500."),
        (endless, "It has more than 1,000,000 bytes."),
        (leading_to("http://localhost:1/a"), "It leads to a host that is not listed."),
    ],
)
async def test_what_cannot_be_had_is_named_and_described(
    api: API, server: Origin, answer: bytes | Send, reason: str
) -> None:
    server.answers["/a"] = answer
    desk = Desk(api)
    await write(desk, server.url("/a"))
    assert (
        f"An image could not be fetched: {server.url('/a')} {reason}"
        in (await told(desk))["warnings"]
    )
    response = await fetched(desk)
    assert response.headers["cache-control"] == "public, max-age=60"
    assert "[Image: Loaf 0]" in Pdf(response.content).text
    assert sizes(Pdf(response.content)) == []
    assert server.asked == ["/a"]


async def test_it_is_tried_again_after_a_while(api: API, server: Origin) -> None:
    desk = Desk(api)
    await write(desk, server.url("/a"))
    without = await fetched(desk)
    server.answers["/a"] = answered(picture("png", (300, 200)))
    assert (await fetched(desk)).content == without.content
    assert (await told(desk))["sha256"] == sha256(without.content).hexdigest()
    later = clock.now() + timedelta(minutes=11)
    with clock.told_by(lambda: later):
        among = {"If-None-Match": without.headers["etag"]}
        response = await api.http.get(str(without.url), headers=among)
        assert response.status_code == 200
        assert sizes(Pdf(response.content)) == [(300, 200)]
        assert "immutable" in response.headers["cache-control"]
        assert (await told(desk))["sha256"] == sha256(response.content).hexdigest()


async def test_whoever_wants_none_has_none_fetched(api: API, server: Origin) -> None:
    desk = Desk(api)
    await write(desk, server.url("/a"))
    for form in ("PRINT_HTML", "MARKDOWN", "TEXT"):
        await fetched(desk, form)
    for images in ("DESCRIPTIONS", "NONE"):
        await fetched(desk, "PDF", images)
    assert server.connections == 0


async def test_hosts_that_are_not_listed_are_asked_nothing(api: API, server: Origin) -> None:
    async with origin() as other:
        desk = Desk(api)
        hosts = ("127.0.0.1", "localhost", "127.1", "2130706433", "[::ffff:7f00:1]", "0.0.0.0")
        await write(desk, *(f"http://{host}:{other.port}/{host}" for host in hosts))
        for form in ("PDF", "EPUB"):
            assert "immutable" in (await fetched(desk, form)).headers["cache-control"]
        assert other.connections == 0
    assert server.connections == 0


async def test_a_listed_name_may_not_lead_into_ones_own_network(
    sqlite_settings: Settings, server: Origin
) -> None:
    name = f"localhost:{server.port}"
    async with binding.patient(replace(sqlite_settings, image_hosts=(name,))) as api:
        desk = Desk(api)
        await write(desk, f"http://{name}/a")
        (warning, _) = (await told(desk))["warnings"]
    assert warning.endswith("Its host is at an address that is not public.")
    assert server.connections == 0


async def test_books_show_them_too(api: API, server: Origin) -> None:
    server.answers["/a"] = answered(moving("gif", size=(300, 200)))
    desk = Desk(api)
    post = await write(desk, server.url("/a"), server.url("/b"))
    query = "query($ids: [ID!]!) { anthology(postIds: $ids, format: PDF) { url warnings } }"
    book = (await desk.read(query, ids=[post["id"]]))["anthology"]
    assert (
        f"An image could not be fetched: {server.url('/b')} Its host answered 404."
        in (book["warnings"])
    )
    response = await api.http.get(book["url"])
    assert sizes(Pdf(response.content)) == [(300, 200)]
    assert response.headers["cache-control"] == "public, max-age=60"


async def test_other_hosts_are_other_addresses(sqlite_settings: Settings) -> None:
    found = []
    for hosts in ((), ("cdn.example",), ("cdn.example", "b.example"), ("b.example", "cdn.example")):
        async with binding.patient(replace(sqlite_settings, image_hosts=hosts)) as api:
            desk = Desk(api)
            if not found:
                await write(desk, "/a.png")
            data = await desk.read(ASKED.replace("FIELDS", ""), f="PDF", images="ALL")
            found.append(data["post"]["rendition"]["url"])
    assert found[2] == found[3]
    assert len(set(found)) == 3


async def test_what_takes_too_long_is_left_out_and_tried_again(
    server: Origin, tmp_path: Path, source: Source
) -> None:
    settings = Settings(media_dir=tmp_path, image_hosts=(server.host,))
    storage = storage_of(settings)
    remote = RemotePictures(settings, storage, Library(storage, settings.max_image_pixels))
    server.answers["/a"] = never
    late = replace(source, html=f'<img alt="a > b src=" src="{server.url("/a")}">')
    reason = "There was no time left for it."
    assert await remote.bring([late], seconds=0.1) == {server.url("/a"): reason}
    server.answers["/a"] = answered(picture())
    assert await remote.bring([late]) == {}
    assert await remote.printed(server.url("/a")) is not None
