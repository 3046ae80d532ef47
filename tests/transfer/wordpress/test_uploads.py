"""A site's own pictures, from a copy of its folder of uploads."""

import dataclasses
from pathlib import Path
from typing import Any

import pytest
import wxr
from pictures import picture
from sqlalchemy import select

from pressroom.cms.content import Body, Image, Post
from pressroom.cms.media.images.names import master_key
from pressroom.cms.media.storage import storage_of
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session
from pressroom.cms.transfer.report import Outcome, Report
from pressroom.cms.transfer.wordpress.importer import import_wordpress

pytestmark = pytest.mark.anyio

SITE = "https://blog.example/wp-content/uploads"


class Site:
    """An export with a folder of uploads beside it."""

    def __init__(self, database: Database, settings: Settings, folder: Path) -> None:
        self.database, self.settings, self.folder = database, settings, folder
        self.uploads = folder / "uploads"

    def put(self, path: str, content: bytes) -> None:
        file = self.uploads / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)

    async def take(self, *records: str) -> Report:
        file = self.folder / "export.xml"
        file.write_text(wxr.export(*records), encoding="utf-8")
        return await import_wordpress(self.database, self.settings, file, uploads=self.uploads)

    async def images(self) -> list[Image]:
        async with reading_session(self.database) as session:
            return list(await session.scalars(select(Image).order_by(Image.id)))

    async def post(self) -> tuple[Post, str]:
        async with reading_session(self.database) as session:
            statement = select(Post, Body.html).join(Body, Body.id == Post.body_id)
            post, html = (await session.execute(statement)).one()
            return post, html


@pytest.fixture
def site(database: Database, settings: Settings, tmp_path: Path) -> Site:
    site = Site(database, settings, tmp_path)
    site.uploads.mkdir()
    return site


def attachment(number: int, path: str, alt: str = "", caption: str = "", base: str = SITE) -> str:
    return wxr.item(
        number,
        meta("_wp_attachment_image_alt", alt),
        post_type="attachment",
        status="inherit",
        excerpt=caption,
        attachment_url=f"{base}/{path}",
    )


def meta(key: str, value: Any) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value>{value}</wp:meta_value></wp:postmeta>"
    )


async def test_pictures_come_in_with_what_is_said_of_them(site: Site) -> None:
    site.put("2020/05/loaf.jpg", picture("jpeg", (700, 350)))
    site.put("2020/05/Mehl & Öl.png", picture("png"))
    content = f"""<p><img src="{SITE}/2020/05/loaf-300x150.jpg" alt="Bread" width="300">
    <a href="http://www.blog.example/wp-content/uploads/2020/05/loaf.jpg?w=9">whole</a>
    <img src="/wp-content/uploads/2020/05/Mehl%20&amp;%20%C3%96l.png" alt="Flour">
    <img src="{SITE}/2020/05/missing.png" alt="Missing">
    <img src="https://elsewhere.example/wp-content/uploads/2020/05/loaf.jpg" alt="Other"></p>"""
    report = await site.take(
        wxr.item(1, meta("_thumbnail_id", 7), content=content),
        attachment(7, "2020/05/loaf.jpg", "A loaf", "Out of the <b>oven</b>."),
    )
    loaf, flour = await site.images()
    assert (loaf.alt, loaf.caption, loaf.width) == ("A loaf", "Out of the oven.", 700)
    post, html = await site.post()
    assert post.image_id == loaf.id
    assert f'src="/media/{loaf.sha256}/320.webp"' in html
    assert f'href="/media/{loaf.sha256}.jpeg"' in html
    assert f'src="/media/{flour.sha256}.png"' in html
    assert f'src="{SITE}/2020/05/missing.png"' in html
    assert 'src="https://elsewhere.example/wp-content' in html
    assert report.taken["images"] == 2
    reasons = {reason for kind, reason, _ in report.remarks(Outcome.LEFT_OUT) if kind == "images"}
    assert reasons == {"not in the folder of uploads"}
    for image in (loaf, flour):
        assert await storage_of(site.settings).read(master_key(image.sha256))


async def test_files_may_have_a_host_of_their_own(site: Site) -> None:
    site.put("2008/06/canola.jpg", picture("jpeg", (700, 350)))
    files = "https://blog.files.wordpress.example"
    content = f"""<img src="{files}/2008/06/canola.jpg?w=604" alt="One">
    <img src="https://other.example/2008/06/canola.jpg" alt="Two">
    <img src="https://other.example/a/b/c/d/e/f/2008/06/canola.jpg" alt="Three">
    <img src="/2008/06/canola.jpg" alt="Four">"""
    report = await site.take(
        wxr.item(1, meta("_thumbnail_id", 7), content=content),
        attachment(7, "2008/06/canola.jpg", base=files),
    )
    (canola,) = await site.images()
    post, html = await site.post()
    assert post.image_id == canola.id
    assert html.count("/media/") == 1
    assert f'src="/media/{canola.sha256}.jpeg" alt="One"' in html
    assert report.taken["images"] == 1


async def test_a_second_run_brings_nothing_anew(site: Site) -> None:
    site.put("a.png", picture("png"))
    records = (wxr.item(1, content=f'<img src="{SITE}/a.png">'), attachment(7, "a.png"))
    await site.take(*records)
    report = await site.take(*records)
    assert (report.taken["images"], len(await site.images())) == (0, 1)


async def test_addresses_begin_with_that_of_the_api_if_it_is_known(
    site: Site, settings: Settings
) -> None:
    site.settings = dataclasses.replace(settings, public_url="https://api.example/")
    site.put("a.png", picture("png"))
    await site.take(wxr.item(1, content=f'<img src="{SITE}/a.png">'))
    (image,) = await site.images()
    assert f'src="https://api.example/media/{image.sha256}.png"' in (await site.post())[1]


async def test_nothing_is_taken_from_beyond_the_folder(site: Site) -> None:
    (site.folder / "secret.png").write_bytes(picture("png"))
    (site.uploads / "link.png").symlink_to(site.folder / "secret.png")
    (site.uploads / "folder").symlink_to(site.folder)
    content = "".join(
        f'<img src="{SITE}/{path}">'
        for path in ("../secret.png", "%2e%2e/secret.png", "link.png", "folder/secret.png",
                     f"/{site.folder}/secret.png", "a%00.png")
    )  # fmt: skip
    report = await site.take(wxr.item(1, content=content), attachment(7, "../secret.png"))
    assert await site.images() == []
    assert report.taken["images"] == 0
    assert "/media/" not in (await site.post())[1]


async def test_what_is_no_picture_is_told_of(site: Site) -> None:
    site.put("a.png", b"<script>alert(1)</script>")
    site.put("b.png", picture("png")[:60])
    report = await site.take(wxr.item(1), attachment(7, "a.png"), attachment(8, "b.png"))
    assert await site.images() == []
    told = {reason for kind, reason, _ in report.remarks(Outcome.LEFT_OUT) if kind == "images"}
    assert len(told) == 2
