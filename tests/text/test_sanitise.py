import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.text.markdown import comment_to_html
from pressroom.cms.text.sanitise import sanitise_body, sanitise_comment

FRAGMENTS = st.lists(
    st.sampled_from(
        [
            "<script>", "</script>", "<svg>", "<style>", "</style>", "<math>", "<mtext>",
            "<noscript>",
            "<!--", "-->", "<![CDATA[", "]]>", "<p>", "</p>", "<table>", "<td>",
            "<a href='javascript:x'>",
            "<a href=\"java&#10;script:x\">", "<img src=x onerror=x>",
            "<p id=root class=x style='x:y'>",
            "<input type=text name=y>", "<input type=checkbox>", "<form action=x>",
            "<iframe src=x>",
            "<template>", "<textarea>", "<title>", "<b>", "</b>", "<li>", "<ul>", "<h2 id=a>",
            "</h2>",
            "<a href=#a name=q>", "<pre>\n", "'", '"', ">", "&lt;img onerror=x&gt;", "&amp;",
            "<xmp>",
            "<object data=x>", "<details open ontoggle=x>", "<plaintext>", "text", "\x00",
            "\ud800", "\ufffe",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "word", " ", "  ", "\n", "\n\n", "*", "**", "_", "`", "```\n", "> ", "- ", "1. ",
            "    ", "[", "](", "https://e.example/", ' "title")', ")", "<", ">", "'", "\\",
            "&#xFFFE;", "ß",
        ]
    ),
    max_size=30,
).map("".join)  # fmt: skip


class Inspector(HTMLParser):
    """Collects what would be dangerous in a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@given(FRAGMENTS | st.text(max_size=60))
@pytest.mark.parametrize("sanitise", [sanitise_body, sanitise_comment])
def test_nothing_that_runs_or_loads_passes(sanitise, html):
    found = Inspector(sanitise(html))

    assert not found.tags & {
        "script", "style", "svg", "math", "iframe", "object", "form", "template", "noscript",
        "textarea",
    }  # fmt: skip
    for name, value in found.attributes:
        assert not name.startswith("on")
        assert not re.match(r"[\s\x00-\x20]*(javascript|data|vbscript|file):", value, re.IGNORECASE)
        assert name != "id" or value.startswith("content-")


@given(FRAGMENTS | st.text(max_size=60))
@pytest.mark.parametrize("sanitise", [sanitise_body, sanitise_comment])
def test_sanitising_twice_changes_nothing(sanitise, html):
    once = sanitise(html)

    assert sanitise(once) == once


@given(MARKDOWN)
def test_what_goes_the_short_way_would_be_the_same_by_the_long_one(markdown):
    html = comment_to_html(markdown)

    # An ampersand sends all of it the long way.
    longer = sanitise_comment(html + "<p>&amp;</p>")

    assert longer == sanitise_comment(html) + "<p>&amp;</p>"


def test_an_image_keeps_its_description_and_size_and_loads_late():
    html = sanitise_body(
        '<img src="/a.png" alt="A &quot;cat&quot;" width="3" height="4" onload="x">'
    )

    found = dict(Inspector(html).attributes)
    assert found == {
        "src": "/a.png", "alt": 'A "cat"', "width": "3", "height": "4", "loading": "lazy",
    }  # fmt: skip


def test_ids_are_set_apart_and_links_follow():
    html = sanitise_body(
        '<p id="root">x</p><p id="root">y</p><a href="#root">up</a><a href="#far">z</a>'
    )

    assert html == (
        '<p id="content-root">x</p><p>y</p><a href="#content-root">up</a><a href="#far">z</a>'
    )


def test_checkboxes_stay_and_cannot_be_changed():
    html = sanitise_body('<ul><li><input type="checkbox" checked> a<input type="text"></li></ul>')

    assert html == '<ul><li><input type="checkbox" checked="" disabled=""> a</li></ul>'


def test_only_known_classes_and_alignments_stay():
    table = '<table><tbody><tr><td style="text-align:right">1</td></tr></tbody></table>'
    styled = table.replace("<td", '<td class="x"') + '<p style="color:red">a</p>'

    assert sanitise_body(styled) == table + "<p>a</p>"
    assert (
        sanitise_body('<code class="language-c++ y">x</code>')
        == '<code class="language-c++">x</code>'
    )


def test_languages_and_directions_stay():
    html = '<p lang="ar" dir="rtl">السلام عليكم</p>'

    assert sanitise_body(html) == html


def test_comment_links_are_marked_and_absolute():
    html = sanitise_comment(
        '<a href="https://e.example/" target="_top">a</a><a href="/admin">b</a>'
    )

    assert html == (
        '<a href="https://e.example/" rel="nofollow ugc noopener">a</a>'
        '<a rel="nofollow ugc noopener">b</a>'
    )


def test_comments_hold_no_headings_or_images():
    assert sanitise_comment("<h1>a</h1><img src=x alt=y><p>b</p>") == "a<p>b</p>"
