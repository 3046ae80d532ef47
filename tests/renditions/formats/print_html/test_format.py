import base64
import hashlib
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest

from pressroom.cms.renditions.formats.format import Output
from pressroom.cms.renditions.formats.options import (
    Paper,
    PrintImages,
    PrintLinks,
    RenditionOptions,
    TextSize,
)
from pressroom.cms.renditions.formats.print_html.format import PrintHtml
from pressroom.cms.renditions.making.discussion import CommentRow
from pressroom.cms.text.document import SourceFormat, render_body

DAY = datetime(2018, 2, 23, tzinfo=UTC)


def output(document, **options) -> Output:
    return PrintHtml().render(document, RenditionOptions(**options))


def page(document, **options) -> str:
    return output(document, **options).content.decode()


def body(document, **options) -> str:
    return page(document, **options).partition("</style>")[2]


def html_of(markdown: str) -> str:
    return render_body(markdown, SourceFormat.MARKDOWN).html


def test_the_title_block_tells_what_who_when_and_where(make_document) -> None:
    html = body(make_document())
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    assert text.startswith(
        "The Quarterly On printing By Ada Lovelace Published November 16, 2016 · "
        "Updated February 23, 2018 Categories: Communication , Reflection "
        "https://press.example/on-printing Some words."
    )
    assert '<time datetime="2016-11-16T07:30:00+00:00">' in html


def test_no_byline_and_no_second_date_where_there_is_none(make_document) -> None:
    published = datetime(2018, 2, 23, 1, tzinfo=UTC)
    html = body(make_document(byline=(), published_at=published, updated_at=DAY.replace(hour=23)))
    assert "byline" not in html
    assert "Updated" not in html


@pytest.mark.parametrize(
    ("language", "published", "attributes"),
    [
        ("de", "Veröffentlicht am 16. November 2016", 'lang="de" dir="ltr"'),
        ("en-GB", "Published 16 November 2016", 'lang="en-GB" dir="ltr"'),
        ("ar", "نُشر في 16 نوفمبر 2016", 'lang="ar" dir="rtl"'),
        ("ja", "公開日：2016年11月16日", 'lang="ja" dir="ltr"'),
        ("eo", "Published 2016-11-16", 'lang="eo" dir="ltr"'),
    ],
)
def test_words_are_in_the_language_of_the_site(
    make_document, language: str, published: str, attributes: str
) -> None:
    html = page(make_document(language=language))
    assert f"<html {attributes}>" in html
    assert published in re.sub(r"<[^>]+>", "", html)


def test_foreign_words_say_their_language(make_document) -> None:
    assert '<span lang="en" dir="ltr">Published <time' in body(make_document(language="fa"))


LINKED = (
    '<p><a href="https://a.example/">one</a> <a href="/b">two</a> '
    '<a href="https://a.example/">three</a> <a href="https://c.example/x">c.example/x</a></p>'
    '<p><a href="https://d.example/">four</a></p>'
)


def test_links_are_numbered_each_address_once(make_document) -> None:
    html = body(make_document(LINKED))
    assert re.findall(r">\[(\d)\]</a></sup>", html) == ["1", "2", "1", "3"]
    addresses = re.findall(r'<li id="link\.(\d)"><a href="([^"]+)"', html)
    assert addresses == [
        ("1", "https://a.example/"),
        ("2", "https://press.example/b"),
        ("3", "https://d.example/"),
    ]
    assert 'aria-label="Back to link 1"' in html


def test_addresses_stand_below_what_brings_them_up(make_document) -> None:
    html = body(make_document(LINKED), links=PrintLinks.FOOTNOTES)
    first, second = html.split('<ol class="links"')[1:]
    assert 'id="link.2"' in first
    assert 'start="3"' in second
    assert "<h2>Links</h2>" not in html


def test_no_addresses_on_request(make_document) -> None:
    html = body(make_document(LINKED), links=PrintLinks.NONE)
    assert "[1]" not in html
    assert 'class="links"' not in html


def test_what_is_no_address_is_not_led_to(make_document) -> None:
    html = body(make_document('<p><a href="http://a b{c}/">one</a> <a href="/d e">two</a></p>'))
    assert re.findall('href="(http[^"]+)"', html).count("https://press.example/de") == 2
    assert "http://ab{c}/" in html
    assert 'href="http://ab{c}/' not in html


def test_links_to_headings_stay_within_the_page(make_document) -> None:
    html = body(make_document(html_of("## Here\n\n[there](#here)")))
    assert '<a href="#here">there</a>' in html or '<a href="#content-here">there</a>' in html
    assert "[1]" not in html


def test_footnotes_lead_there_and_back(make_document) -> None:
    html = body(make_document(html_of("a[^x] b[^x]\n\n[^x]: Note")))
    assert '<a id="note.mark.1.1" href="#note.1" aria-label="Note 1">1</a>' in html
    assert re.findall(r'class="back" href="#(note\.mark\.1\.\d)"', html) == [
        "note.mark.1.1",
        "note.mark.1.2",
    ]


def test_headings_skip_no_level(make_document) -> None:
    html = body(make_document("<h4>a</h4><h6>b</h6><h5>c</h5><h1>d</h1><h3>e</h3>"))
    assert re.findall(r"<h(\d)>(\w)</h", html) == [
        ("2", "a"),
        ("3", "b"),
        ("3", "c"),
        ("2", "d"),
        ("3", "e"),
    ]


def test_tables_tell_what_their_headers_head(make_document) -> None:
    html = body(make_document("<table><tr><th>a</th><th>b</th></tr><tr><th>c</th><td>d</td></tr>"))
    assert '<thead>\n<tr><th scope="col">a</th><th scope="col">b</th></tr>' in html
    assert '<tr><th scope="row">c</th><td>d</td></tr>' in html


def test_text_that_runs_the_other_way_says_so(make_document) -> None:
    html = body(
        make_document("<p>مرحبا بالعالم</p><p>English</p><ul><li>שלום</li></ul><p>漢字</p>")
    )
    assert '<p dir="rtl">مرحبا بالعالم</p>' in html
    assert "<p>English</p>" in html
    assert '<ul dir="rtl">' in html
    assert "<p>漢字</p>" in html


IMAGE = (
    '<p>a <img src="/i.png" alt="A dog"></p>'
    '<figure><img src="/j.png" alt="B"><figcaption>C</figcaption></figure>'
)


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (PrintImages.ALL, ['src="https://press.example/i.png" alt="A dog"', "<figcaption>C"]),
        (PrintImages.DESCRIPTIONS, ["a [Image: A dog]", "[Image: B]", "<figcaption>C"]),
        (PrintImages.NONE, ["<p>a </p>"]),
    ],
)
def test_images_as_they_are_wanted(make_document, choice: PrintImages, expected) -> None:
    html = body(make_document(IMAGE), images=choice)
    for part in expected:
        assert part in html
    assert ("<img" in html) == (choice is PrintImages.ALL)
    assert ("<figure" in html) == (choice is not PrintImages.NONE)


def comments() -> tuple[CommentRow, ...]:
    return tuple(
        CommentRow(depth, f"Reader {depth}", f"<p>Reply {depth}</p>", DAY, depth == 1)
        for depth in (0, 1, 2, 3, 0)
    )


def test_comments_stand_below_what_they_answer(make_document) -> None:
    html = body(make_document(comments=comments(), comment_count=4), comments=True)
    assert "<h2>Comments (4)</h2>" in html
    depths = []
    depth = 0
    for tag in re.findall(r'<li class="comment">|</li>', html.partition('class="comments"')[2]):
        depth += 1 if tag.startswith("<li") else -1
        depths += [depth] if tag.startswith("<li") else []
    assert depths == [1, 2, 3, 4, 1]
    assert "This comment was removed." in html
    assert "Reader 1" not in html
    assert "Reply 1" not in html
    assert html.count("February 23, 2018") == 6


def test_replies_that_are_indented_no_further_say_whom_they_answer(make_document) -> None:
    rows = tuple(
        CommentRow(depth, f"<{depth}>", "<p>Reply</p>", DAY, is_removed=depth == 7)
        for depth in range(9)
    )
    html = body(make_document(comments=rows, comment_count=8), comments=True)
    assert re.findall(r"in reply to <bdi>([^/]*)</bdi>", html) == ["&lt;5&gt;"]


def test_links_in_comments_are_numbered_in_reading_order(make_document) -> None:
    rows = tuple(
        replace(row, html=f'<p><a href="https://example.org/{number}">a</a></p>', is_removed=False)
        for number, row in enumerate(comments())
    )
    html = body(make_document(comments=rows, comment_count=5), comments=True)
    assert re.findall(r">\[(\d)\]</a></sup>", html) == ["1", "2", "3", "4", "5"]


def test_what_is_not_printed_of_the_comments_is_said(make_document) -> None:
    html = body(make_document(comments=comments(), comment_count=10), comments=True)
    assert "6 more comments are to be read at https://press.example/on-printing" in html


def test_paper_and_size_are_those_chosen(make_document) -> None:
    html = page(make_document(), paper=Paper.LEGAL, text_size=TextSize.GIANT)
    assert "size: legal;" in html
    assert "--text-size: 22pt" in html
    assert "size: A5;" in page(make_document(), paper=Paper.A5)


def test_ink_is_saved(make_document) -> None:
    assert "grayscale" in page(make_document(), ink_saving=True)
    assert "grayscale" not in page(make_document())


HOSTILE = '"; } </style><script>alert(1)</script> \\'


def test_titles_cannot_break_out(make_document) -> None:
    document = make_document(title=HOSTILE, byline=(HOSTILE,), categories=(HOSTILE,))
    html = page(replace(document, site_title=HOSTILE))
    assert html.count("</style>") == 1
    assert "<script" not in html


def test_the_policy_lets_in_the_page_and_its_style_alone(make_document) -> None:
    made = output(make_document())
    style = re.search(r"<style>(.*)</style>", made.content.decode(), re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in made.security_policy
    assert "default-src 'none'" in made.security_policy
    assert not re.search(r'\sstyle="|\son\w+="|<script|<link rel="style', made.content.decode())


class Balance(HTMLParser):
    """Fails where tags are not closed in the order they were opened, or an id stands twice."""

    VOID = frozenset({"meta", "link", "br", "hr", "img"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        identifier = dict(attrs).get("id")
        assert identifier is None or identifier not in self.ids
        self.ids.add(identifier or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("html", ["<blockquote>" * 10_000 + "core", "<ul><li>" * 10_000 + "core"])
def test_deep_nesting_is_printed(make_document, html: str) -> None:
    assert "core" in page(make_document(html))


@pytest.mark.parametrize("links", PrintLinks)
def test_every_tag_is_closed_and_every_id_unique(make_document, links: PrintLinks) -> None:
    notes = html_of(
        "a[^x] b[^x] [l](/a) [l](/a)\n\n- [ ] t\n\n## H\n\n## H\n\n## Link 1\n\n## Note 1\n\n"
        "[^x]: N [l](/b)"
    )
    document = make_document(notes + LINKED + IMAGE, comments=comments(), comment_count=4)
    parser = Balance()
    parser.feed(page(document, links=links, comments=True))
    assert parser.open == []


def test_the_same_bytes_every_time(make_document) -> None:
    rows = tuple(replace(row, submitted_at=DAY + timedelta(days=1)) for row in comments())
    one, other = (
        output(make_document(LINKED + IMAGE, comments=rows, comment_count=4), comments=True)
        for _ in range(2)
    )
    assert one == other
