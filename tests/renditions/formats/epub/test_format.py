import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import unquote, urldefrag
from xml.etree import ElementTree
from zipfile import ZIP_STORED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from renditions.formats.epub import samples
from renditions.trees import documents
from thoroughness import examples

from pressroom.cms.renditions.document.blocks import Paragraph
from pressroom.cms.renditions.document.document import Document
from pressroom.cms.renditions.document.inlines import Image
from pressroom.cms.renditions.formats.epub.format import Epub
from pressroom.cms.renditions.formats.format import BookFormat
from pressroom.cms.renditions.formats.options import PrintImages, PrintLinks, RenditionOptions
from pressroom.cms.renditions.making.discussion import CommentRow

XHTML = "{http://www.w3.org/1999/xhtml}"
DAY = datetime(2018, 2, 23, tzinfo=UTC)


def rich(make_document, **given) -> Document:
    return make_document(samples.html_of(samples.RICH), **given)


def test_it_binds_books() -> None:
    assert isinstance(Epub(), BookFormat)


def test_the_container_is_one_that_reading_systems_know(make_document) -> None:
    content = samples.opened(rich(make_document)).output.content
    assert content[30:58] == b"mimetypeapplication/epub+zip"
    with ZipFile(BytesIO(content)) as container:
        first, *others = container.infolist()
    assert first.filename == "mimetype"
    assert not first.extra
    for entry in others:
        # What deflation makes of the same bytes is not the same everywhere.
        assert entry.compress_type == ZIP_STORED
        assert entry.date_time == (1980, 1, 1, 0, 0, 0)


def test_the_same_bytes_every_time(make_document) -> None:
    one, other = (samples.opened(rich(make_document)).output for _ in range(2))
    assert one == other


def test_the_package_tells_what_is_known(make_document) -> None:
    package = samples.opened(rich(make_document, byline=("Ada & Co", "Jean"))).package
    for part in (
        "<dc:title>On printing</dc:title>",
        "<dc:language>en</dc:language>",
        '<dc:creator id="creator1">Ada &amp; Co</dc:creator>',
        '<meta property="display-seq" refines="#creator2">2</meta>',
        "<dc:subject>Communication</dc:subject>",
        "<dc:publisher>The Quarterly</dc:publisher>",
        "<dc:source>https://press.example/on-printing</dc:source>",
        "<dc:date>2016-11-16T07:30:00Z</dc:date>",
        '<meta property="dcterms:modified">2018-02-23T00:00:00Z</meta>',
        '<meta property="schema:accessMode">textual</meta>',
        '<meta property="schema:accessibilityFeature">tableOfContents</meta>',
        '<meta property="schema:accessibilityHazard">none</meta>',
        "EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>",
    ):
        assert part in package


def test_the_identifier_is_that_of_the_address_for_good(make_document) -> None:
    identifier = re.compile(r"urn:uuid:[0-9a-f-]{36}")
    first = identifier.findall(samples.opened(make_document()).package)
    edited = identifier.findall(samples.opened(rich(make_document, title="Another")).package)
    other = identifier.findall(samples.opened(make_document(slug="other")).package)
    assert first == edited
    assert len(first) == 1
    assert first != other


def test_headings_and_sections_are_in_the_contents(make_document) -> None:
    book = samples.opened(rich(make_document))
    toc = ElementTree.fromstring(book.text("nav.xhtml")).find(f".//{XHTML}nav")
    assert toc is not None
    assert outline(toc) == [
        (1, "On printing"),
        (2, "First part"),
        (3, "A detail"),
        (2, "Note 1"),
    ]


def outline(nav: ElementTree.Element, depth: int = 0) -> list[tuple[int, str]]:
    found = []
    for child in nav:
        if child.tag == f"{XHTML}a":
            found.append((depth, child.text or ""))
        found += outline(child, depth + (child.tag == f"{XHTML}ol"))
    return found


def test_footnotes_open_where_their_marks_are(make_document) -> None:
    article = samples.opened(rich(make_document)).article
    marks = re.findall(r'<a id="(\S+)" href="#note.1"[^>]* epub:type="noteref" role="doc-', article)
    assert marks == ["note.mark.1.1", "note.mark.1.2"]
    assert '<aside class="note" id="note.1" epub:type="footnote" role="doc-footnote">' in article
    assert re.findall(r'class="back" href="#(note\S+)"', article) == marks


@pytest.mark.parametrize(
    ("choice", "printed"),
    [(PrintLinks.NONE, 0), (PrintLinks.FOOTNOTES, 2), (PrintLinks.ENDNOTES, 2)],
)
def test_links_lead_there_and_their_addresses_are_printed_on_request(
    make_document, choice: PrintLinks, printed: int
) -> None:
    article = samples.opened(rich(make_document), links=choice).article
    assert '<a href="https://example.org/a?b=c&amp;d=e">link</a>' in article
    assert len(re.findall(r'<li id="link\.\d">', article)) == printed


def with_pictures(document: Document, *descriptions: str) -> Document:
    images = tuple(
        Image(f"https://press.example/{place}.png", description, picture=samples.picture())
        for place, description in enumerate(descriptions)
    )
    return replace(document, blocks=(Paragraph(images),))


def test_pictures_are_enclosed_once_with_their_descriptions(make_document) -> None:
    book = samples.opened(with_pictures(make_document(), "A square", "The square again"))
    names = re.findall(r'<img src="([^"]+)" alt="[^"]+"', book.article)
    assert len(names) == 2
    assert len(set(names)) == 1
    assert book.files[f"EPUB/{names[0]}"] == samples.picture().content
    assert 'alt="A square"' in book.article
    assert '<meta property="schema:accessMode">visual</meta>' in book.package
    assert "alternativeText" in book.package


def test_nothing_is_claimed_for_pictures_without_description(make_document) -> None:
    book = samples.opened(with_pictures(make_document(), "A square", ""))
    assert "Some images are not described." in book.package
    for claim in ("conformsTo", "alternativeText", "accessModeSufficient"):
        assert claim not in book.package


def test_a_picture_that_is_not_at_hand_is_told_of(make_document) -> None:
    book = samples.opened(rich(make_document))
    assert book.output.warnings == (
        "An image is not at hand and is replaced by its description: https://press.example/dog.png",
    )
    assert "<img" not in book.article
    text = "".join(ElementTree.fromstring(book.article).itertext())
    assert "[Image: A dog – https://press.example/dog.png]" in text


def test_descriptions_alone_on_request(make_document) -> None:
    document = with_pictures(make_document(), "A square")
    book = samples.opened(document, images=PrintImages.DESCRIPTIONS)
    assert "[Image: A square]" in book.article
    assert not any(name.endswith(".png") for name in book.files)


def test_comments_on_request(make_document) -> None:
    rows = tuple(CommentRow(depth, "R", f"<p>Reply {depth}</p>", DAY, False) for depth in range(3))
    document = make_document(comments=rows, comment_count=3)
    book = samples.opened(document, comments=True)
    assert "Reply 2" in book.article
    assert "Comments (3)" in book.text("nav.xhtml")


def test_it_runs_as_its_language_does(make_document) -> None:
    book = samples.opened(
        make_document("<p>سلام <span lang='fr'>bonjour</span></p>", language="fa")
    )
    assert 'lang="fa" xml:lang="fa" dir="rtl"' in book.article
    assert '<span lang="fr">bonjour</span>' in book.article
    assert 'page-progression-direction="rtl"' in book.package
    # The words that are added are English, and say so.
    assert '<span lang="en" dir="ltr">Contents</span>' in book.text("nav.xhtml")


def test_a_book_opens_with_its_title_and_contents(make_document) -> None:
    later = datetime(2020, 1, 1, tzinfo=UTC)
    articles = [
        make_document(title="One"),
        make_document(title="Two", byline=("Jean",), published_at=later, updated_at=later),
    ]
    book = samples.bound(articles)
    title = " ".join("".join(ElementTree.fromstring(book.text("title.xhtml")).itertext()).split())
    assert "The Quarterly Essays November 16, 2016 – January 1, 2020 2 articles https:" in title
    contents = book.text("contents.xhtml")
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', contents) == [
        ("article-001.xhtml", "One"),
        ("article-002.xhtml", "Two"),
    ]
    assert "<bdi>Jean</bdi>" in contents
    spine = re.findall(r'href="(\w[^"]+xhtml)"', book.package)
    assert spine == ["nav.xhtml", "title.xhtml", "contents.xhtml", *_articles(2)]
    assert '<meta property="dcterms:modified">2020-01-01T00:00:00Z</meta>' in book.package
    assert book.package.count("<dc:creator") == 2
    assert "The Quarterly" not in book.text("article-001.xhtml")


def _articles(count: int) -> list[str]:
    return [f"article-{number:03}.xhtml" for number in range(1, count + 1)]


@settings(max_examples=examples(15), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents)
def test_whatever_is_in_it_its_links_lead_somewhere(document: Document) -> None:
    book = samples.Opened(Epub().bind(samples.book([document, document]), RenditionOptions()))
    pages = {
        name.removeprefix("EPUB/"): ElementTree.fromstring(content)
        for name, content in book.files.items()
        if name.endswith(".xhtml")
    }
    identifiers = {name: list(attributes(page, "id")) for name, page in pages.items()}
    for name, page in pages.items():
        assert len(identifiers[name]) == len(set(identifiers[name]))
        for target in attributes(page, "href"):
            file, fragment = urldefrag(target)
            if ":" not in target and file != "style.css":
                assert not fragment or unquote(fragment) in identifiers[file or name]


def attributes(page: ElementTree.Element, name: str) -> Iterator[str]:
    return (element.attrib[name] for element in page.iter() if name in element.attrib)
