"""A book: its title page, its contents, its articles."""

from dataclasses import replace

import pdfs
import pytest

from pressroom.cms.renditions.document.book import Book
from pressroom.cms.renditions.document.direction import Direction
from pressroom.cms.renditions.formats.format import BookFormat
from pressroom.cms.renditions.formats.options import Paper, PrintLinks, RenditionOptions, TextSize
from pressroom.cms.renditions.formats.pdf.format import Pdf
from pressroom.cms.text.document import SourceFormat, render_body

TEXT = (
    "See [here](https://a.example/) and [below](#part).[^1]\n\n## Part\n\n{more}\n\n[^1]: A note."
)
TITLES = ("On printing", "A second one", "مقال بالعربية", "Über #strong[markup]")


@pytest.fixture
def book(make_document) -> Book:
    more = "Words that fill the page until there is another one. " * 60
    html = render_body(TEXT.replace("{more}", more), SourceFormat.MARKDOWN).html
    articles = [replace(make_document(html), title=title, byline=("Ada",)) for title in TITLES]
    return Book(
        title="Communication",
        address="https://press.example/category/communication",
        identity="category-1",
        site_title="The Quarterly",
        language="en",
        direction=Direction.LEFT_TO_RIGHT,
        articles=tuple(articles),
        subtitle="On talking and listening",
    )


def bound(book: Book, **options) -> pdfs.Pdf:
    told = Pdf().bind(book, RenditionOptions(**options))
    assert told.warnings == ()
    pdf = pdfs.Pdf(told.content)
    assert told.page_count == len(pdf.pages)
    assert pdf.claims == ("2", "A", "1")
    return pdf


def test_it_binds_books() -> None:
    assert isinstance(Pdf(), BookFormat)


def test_the_title_page_says_what_it_is(book: Book) -> None:
    pdf = bound(book)
    assert " ".join(pdf.pages[0].split()) == (
        "The Quarterly Communication On talking and listening 4 articles November 16, 2016 "
        "https://press.example/category/communication"
    )
    assert pdf.pages[1].rstrip().endswith(f"2 / {len(pdf.pages)}")
    assert str(pdf.file.docinfo.Title) == "Communication"
    assert str(pdf.file.docinfo.Author) == "Ada"


def test_the_contents_name_the_page_that_each_article_begins_on(book: Book) -> None:
    pdf = bound(book)
    contents = " ".join(pdf.pages[1].replace(".", " ").split())
    assert contents.startswith("Contents On printing 3 Ada A second one ")
    for number, page in enumerate(pdf.pages[2:], 3):
        begun = [title for title in TITLES if f"The Quarterly\n{title}\nBy Ada" in page]
        assert all(f"{title} {number}" in contents for title in begun if title.isascii())
    titles = [title.strip("\u2068\u2069") for level, title in pdf.headings if level == 1]
    assert titles == ["Contents", *TITLES]
    assert len(pdf.tagged("TOCI")) == len(TITLES)


def test_each_article_begins_on_a_new_page_under_its_own_title(book: Book) -> None:
    pdf = bound(book)
    begins = [
        number for number, page in enumerate(pdf.pages) if page.startswith("The Quarterly\n")
    ][1:]
    assert len(begins) == len(TITLES)
    after = [" ".join(pdf.pages[number + 1].split()) for number in begins[:2]]
    assert after[0].startswith("Communication On printing ")
    assert after[1].startswith("Communication A second one ")


def test_links_and_notes_are_counted_article_by_article(book: Book) -> None:
    pdf = bound(book)
    assert pdf.text.count("See here[1] and below") == len(TITLES)
    assert pdf.text.count("[1] https://a.example/") == len(TITLES)
    assert len(pdf.links) == 1 + len(TITLES) * 3


@pytest.mark.parametrize("links", PrintLinks)
def test_books_are_had_as_they_are_wanted(book: Book, links: PrintLinks) -> None:
    pdf = bound(book, links=links, paper=Paper.A5, text_size=TextSize.GIANT, qr_code=False)
    assert all(pdf.ink(number)[2] < 583 - 30 for number in range(len(pdf.pages)))


def test_a_book_that_runs_to_the_left(book: Book) -> None:
    turned = replace(book, language="ar", direction=Direction.RIGHT_TO_LEFT, title="كتاب")
    assert str(bound(turned).file.Root.Lang) == "ar"


def test_the_same_bytes_every_time(book: Book) -> None:
    options = RenditionOptions()
    assert Pdf().bind(book, options) == Pdf().bind(replace(book), options)
