import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.text.plain import text_of
from pressroom.cms.text.tree import parse_html
from pressroom.cms.transfer.wordpress.paragraphs import add_paragraphs


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("one\r\n\r\n\r\ntwo\r\n", "<p>one</p><p>two</p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("one<br />\ntwo", "<p>one<br />two</p>"),
        ("<p>one\n\ntwo\nthree</p>", "<p>one</p><p>two<br>three</p>"),
        ("<h2>one\n\ntwo</h2>", "<h2>one<br>two</h2>"),
        ("one <em>two\nthree</em>", "<p>one <em>two<br>three</em></p>"),
        ("<blockquote>one\n\ntwo</blockquote>", "<blockquote><p>one</p><p>two</p></blockquote>"),
        ("<div>one</div>", "<div>one</div>"),
        ("<div>one\n\ntwo</div>", "<div><p>one</p><p>two</p></div>"),
        ("<ul>\n<li>one\ntwo</li>\n</ul>\nthree", "<ul><li>one<br>two</li></ul><p>three</p>"),
        ("<pre>one\n\ntwo</pre>three", "<pre>one\n\ntwo</pre><p>three</p>"),
        ("<h2>one</h2>\ntwo\n<hr>\nthree", "<h2>one</h2><p>two</p><hr><p>three</p>"),
        ('<img alt="one\n\ntwo">', '<p><img alt="one\n\ntwo"></p>'),
        ('<a name="top"></a>\n\none', '<a name="top"></a><p>one</p>'),
        ("1 < 2\n\n<3", "<p>1 < 2</p><p><3</p>"),
        (" \n\n ", ""),
    ],
)
def test_white_space_becomes_what_it_stands_for(typed: str, meant: str) -> None:
    assert _joined(add_paragraphs(typed)) == meant


def _joined(html: str) -> str:
    return re.sub(r"(<br>|</p>|</?ul>|</li>)\n", r"\1", html)


plain = st.text(
    st.characters(codec="utf-8", exclude_characters="<>&\r\x00", exclude_categories=["Cc", "Cs"])
)
words = st.lists(plain.filter(str.strip).map(str.strip), min_size=1, max_size=6)


@given(words)
def test_each_block_of_plain_text_is_one_paragraph(blocks: list[str]) -> None:
    made = add_paragraphs("\n\n".join(blocks))
    assert re.findall(r"<p>(.*?)</p>", made, re.DOTALL) == blocks


fragments = st.sampled_from(
    [
        "a",
        "b",
        "\n",
        "\n\n",
        "<p>",
        "</p>",
        "<div>",
        "</div>",
        "<ul>",
        "<li>",
        "</ul>",
        "<em>",
        "</em>",
        "<pre>",
        "</pre>",
        "<br>",
        "<td>",
        "<blockquote>",
        "</blockquote>",
        "<img>",
        "<",
        ">",
        "<!--",
        "x",
    ]
)


@given(st.lists(fragments, max_size=40).map("".join))
def test_markup_of_any_kind_keeps_its_words(typed: str) -> None:
    assert _words(add_paragraphs(typed)) == _words(typed)


@given(st.lists(st.sampled_from(["a", "b c", "<em>d</em>", "\n", "\n\n", "<p>e</p>", "<hr>"])))
def test_making_paragraphs_twice_changes_nothing_more(pieces: list[str]) -> None:
    once = add_paragraphs("".join(pieces))
    assert _unspaced(add_paragraphs(once)) == _unspaced(once)


def _words(html: str) -> str:
    return "".join(text_of(parse_html(html)).split())


def _unspaced(html: str) -> str:
    return re.sub(r"\s+", "", html)


@pytest.mark.parametrize(
    "piece", ["<pre>", "<li>", "</td>", "<a ", "<", "\n", "\n\n", " ", " \n", "<!--", "<p>"]
)
def test_hostile_markup_takes_time_in_proportion(piece: str) -> None:
    assert len(add_paragraphs(piece * 100_000)) >= 0
