"""Pictures in renditions, through HTTP: the site's own, and nothing from anywhere else."""

import io
import re
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from io import BytesIO
from typing import Any

import binding
import httpx
import pypdfium2
import pytest
from pdfs import Pdf
from pictures import picture
from PIL import Image
from serving import API
from uploading import upload
from writing import Desk

from pressroom.cms.settings import Settings

pytestmark = pytest.mark.anyio

ASKED = """query($f: RenditionFormat!, $images: PrintImages!) { post(by: {slug: "bread"}) {
  rendition(format: $f, options: {images: $images, qrCode: false}) { url } } }"""


@pytest.fixture
async def api(sqlite_settings: Settings) -> AsyncIterator[API]:
    """What is made of pictures is the same, whichever database told of them."""
    async with binding.patient(sqlite_settings) as api:
        yield api


async def rendered(desk: Desk, form: str, images: str = "ALL") -> httpx.Response:
    """Give a rendition of the post, when it has been made."""
    data = await desk.read(ASKED, f=form, images=images)
    response = await desk.api.http.get(data["post"]["rendition"]["url"])
    assert response.status_code == 200
    return response


def pictures_in(pdf: bytes) -> list[tuple[int, int]]:
    """Give the sizes of the pictures in a PDF, in pixels."""
    document = pypdfium2.PdfDocument(pdf)
    kinds = [pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    found = [thing for page in document for thing in page.get_objects(filter=kinds)]
    return [thing.get_px_size() for thing in found]


def files_of(epub: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(epub)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


async def illustrated(desk: Desk) -> dict[str, Any]:
    above = await upload(desk, picture("webp", (700, 350)), alt="A field", caption="In autumn.")
    within = await upload(desk, picture("png", (300, 200)), alt="A card")
    digest = within["url"].rpartition("/")[2].partition(".")[0]
    text = f"""Before.

![A card]({within["url"]})

![The same, from another host](https://cdn.example/media/{digest}/300.webp)

![Another's](http://127.0.0.1:1/other.png)
"""
    return await desk.create(imageId=above["id"], publish=True, body={"markdown": text})


async def test_a_pdf_shows_them_at_the_resolution_of_print(api: API) -> None:
    desk = Desk(api)
    await illustrated(desk)
    pdf = (await rendered(desk, "PDF")).content
    assert sorted(pictures_in(pdf)) == [(300, 200), (300, 200), (700, 350)]
    text = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf))
    assert "In autumn." in text
    assert "http://127.0.0.1:1/other.png" in text


async def test_an_epub_has_each_once_and_as_every_reader_knows_it(api: API) -> None:
    desk = Desk(api)
    await illustrated(desk)
    files = files_of((await rendered(desk, "EPUB")).content)
    images = {name: data for name, data in files.items() if "/images/" in f"/{name}"}
    kinds = sorted(Image.open(BytesIO(data)).format or "" for data in images.values())
    assert kinds == ["JPEG", "PNG"]


@pytest.mark.parametrize("images", ["DESCRIPTIONS", "NONE"])
async def test_whoever_wants_none_gets_none(api: API, images: str) -> None:
    desk = Desk(api)
    await illustrated(desk)
    assert pictures_in((await rendered(desk, "PDF", images)).content) == []


async def test_who_has_no_room_for_it_gets_the_description(api: API) -> None:
    desk = Desk(api)
    await illustrated(desk)
    assert "[Image: A field]" in Pdf((await rendered(desk, "PDF", "DESCRIPTIONS")).content).text
    text = (await rendered(desk, "TEXT")).text
    assert "[Image: A field]\nIn autumn.\n\nBefore." in text
    assert "A field" not in (await rendered(desk, "TEXT", "NONE")).text


async def test_a_page_and_markdown_say_where_it_is(api: API) -> None:
    desk = Desk(api)
    await illustrated(desk)
    for form, pattern in (
        (
            "PRINT_HTML",
            r'<figure>\s*<p><img src="([^"]+)" alt="A field"></p>\s*<figcaption>In autumn',
        ),
        ("MARKDOWN", r"\n\n!\[A field\]\(([^)]+)\)\n\n\*In autumn\.\*\n\nBefore"),
    ):
        response = await rendered(desk, form)
        (address,) = re.findall(pattern, response.text)
        image = await api.http.get(str(response.url.join(address)))
        assert (image.status_code, image.headers["content-type"]) == (200, "image/webp")


async def test_an_image_that_the_text_shows_is_not_repeated_above_it(api: API) -> None:
    desk = Desk(api)
    image = await upload(desk, picture("png", (300, 200)))
    text = f"![It]({image['url']})"
    await desk.create(imageId=image["id"], publish=True, body={"markdown": text})
    assert pictures_in((await rendered(desk, "PDF")).content) == [(300, 200)]


async def test_where_the_api_is_reached_is_told_where_it_is_known(
    sqlite_settings: Settings,
) -> None:
    known = replace(sqlite_settings, public_url="https://api.example/cms/")
    async with binding.patient(known) as api:
        desk = Desk(api)
        image = await upload(desk, alt="A loaf")
        await desk.create(imageId=image["id"], publish=True)
        address = (await desk.read(ASKED, f="MARKDOWN", images="ALL"))["post"]["rendition"]["url"]
        path = address.removeprefix("https://api.example/cms")
        assert f"![A loaf]({image['url']})" in (await api.http.get(path)).text
        assert image["url"].startswith("https://api.example/cms/media/")
