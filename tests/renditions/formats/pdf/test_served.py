"""PDFs as they are asked for through GraphQL and fetched."""

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import binding
import factories
import pdfs
import pytest
import serving

from pressroom.cms.content import Post
from pressroom.cms.renditions.formats.pdf.format import Pdf
from pressroom.cms.renditions.formats.pdf.typeface import BUNDLED
from pressroom.cms.settings import Settings

pytestmark = pytest.mark.anyio

QUERY = """query ($slug: String!, $options: RenditionOptions) {
  post(by: {slug: $slug}) { book: rendition(format: PDF, options: $options) { %s } }
}"""
TEXT = """\
Some *words*, a [link](https://a.example/); عربي, 漢字, and 😀.

| a | b |
|---|---|
| 1 | 2 |
"""


@pytest.fixture
async def post(api: serving.API) -> Post:
    return await factories.make_post(api.app.database, "Über #read()", TEXT, slug="ueber")


async def fetched(api: serving.API, **options: object) -> pdfs.Pdf:
    told = await binding.told(api, QUERY % binding.ALL, slug="ueber", options=options)
    assert (told["status"], told["mediaType"]) == ("READY", "application/pdf")
    response = await api.http.get(told["url"])
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/pdf"
    assert told["sha256"] == hashlib.sha256(response.content).hexdigest()
    pdf = pdfs.Pdf(response.content)
    assert told["pageCount"] == len(pdf.pages)
    assert told["byteSize"] == len(response.content)
    return pdf


async def test_a_post_is_had_as_pdf(api: serving.API, post: Post) -> None:
    pdf = await fetched(api)
    assert pdf.headings == [(1, "Über #read()"), (2, "Links")]
    assert "Some words, a link[1]; عربي, 漢字, and 😀." in pdf.text.replace("] ;", "];")
    assert pdf.claims == ("2", "A", "1")
    (address,) = pdf.barcodes()
    assert address.endswith("/ueber")


async def test_a_post_is_had_as_it_is_wanted(api: serving.API, post: Post) -> None:
    await factories.make_comment(api.app.database, post)
    pdf = await fetched(
        api, paper="A5", textSize="GIANT", links="FOOTNOTES", comments=True, qrCode=False
    )
    assert pdf.sheet == (419.5, 595.3)
    assert 22 in pdf.sizes()
    assert "1 https://a.example/" in pdf.text
    assert "Comments (1)" in pdf.text
    assert not any(pdf.barcodes(number) for number in range(len(pdf.pages)))


async def test_operators_bring_fonts(sqlite_settings: Settings, tmp_path: Path) -> None:
    fonts = tmp_path / "fonts"
    fonts.mkdir()
    shutil.copy(BUNDLED / "DejaVuSansMono.ttf", fonts / "other.ttf")
    (fonts / "none.ttf").write_bytes(b"no font")
    with_fonts = replace(sqlite_settings, fonts_dir=str(fonts))
    addresses = []
    for given in (sqlite_settings, with_fonts):
        async with binding.patient(given) as api:
            if given is sqlite_settings:
                await factories.make_post(api.app.database, "Über #read()", TEXT, slug="ueber")
            addresses.append((await binding.told(api, QUERY % "status url", slug="ueber"))["url"])
            pdf = await fetched(api)
    assert addresses[0] != addresses[1]
    # What the operator brought goes before our own, after the face of running text.
    assert any("DejaVuSansMono" in str(font.BaseFont) for font in pdf.fonts)


def test_other_fonts_make_another_version(tmp_path: Path) -> None:
    assert Pdf(tmp_path).version == Pdf().version
    other = tmp_path / "other"
    shutil.copytree(BUNDLED, other)
    assert Pdf(other).version != Pdf().version
