import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.text.document import SourceFormat, render_body, render_comment

DEEP = 10_000


@pytest.mark.parametrize(
    "source",
    [
        "> " * DEEP + "x",
        "- " * DEEP + "x",
        "[" * DEEP + "x" + "](y)" * DEEP,
        "![" * DEEP + "x" + "](y)" * DEEP,
        "*_" * DEEP + "x" + "_*" * DEEP,
        "<div>" * DEEP + "x" + "</div>" * DEEP,
        "<ul><li>" * DEEP + "x",
        "<blockquote>" * DEEP + "x",
        "<b>" * DEEP + "x",
        "[^a]:" * DEEP + "[^a]",
        "[^x]: y\n\n" + "[^" * DEEP,
        "<!--" * DEEP,
        "<a href='" * DEEP,
        "`" * DEEP + "<" * DEEP + "&" * DEEP + "|" * DEEP,
    ],
)
@pytest.mark.parametrize("source_format", list(SourceFormat))
def test_deep_or_unbalanced_sources_neither_crash_nor_linger(source, source_format):
    began = time.process_time()

    render_body(source, source_format)
    render_comment(source)

    # Far more than it takes; quadratic work would be far beyond it.
    assert time.process_time() - began < 8


@given(st.text() | st.text(st.sampled_from("#-*>_`[]()^!<a/ \n|:\x00\ud800\ufffe1.~&;'\"=")))
@pytest.mark.parametrize("source_format", list(SourceFormat))
def test_any_text_is_rendered(source_format, source):
    body = render_body(source, source_format)

    body.html.encode()
    body.text.encode()
    assert all(f'id="{heading.anchor}"' in body.html for heading in body.headings)
    assert len({heading.anchor for heading in body.headings}) == len(body.headings)
    assert len(body.excerpt) <= 200
    assert (body.reading_minutes > 0) == (body.word_count > 0)


def test_a_body_has_all_its_faces():
    body = render_body("# One\n\nTwo *three*[^n].\n\n## One\n\n[^n]: Four.", SourceFormat.MARKDOWN)

    assert [(h.level, h.text, h.anchor) for h in body.headings] == [
        (1, "One", "one"),
        (2, "One", "one-2"),
    ]
    assert body.text == "One\n\nTwo three[1].\n\nOne\n\n1. Four."
    assert body.excerpt == "Two three."
    assert body.reading_minutes == 1
    assert '<a href="#content-fn1" id="content-fnref1">[1]</a>' in body.html


def test_an_html_body_answers_its_markdown():
    body = render_body("<h2>A</h2><ul><li>b <b>c</b></li></ul>", SourceFormat.HTML)

    assert body.markdown == "## A\n\n- b **c**\n"


def test_links_follow_a_heading_to_its_new_anchor():
    body = render_body('<h2 id="faq">Questions</h2><a href="#faq">x</a>', SourceFormat.HTML)

    assert body.html == '<h2 id="questions">Questions</h2><a href="#questions">x</a>'


def test_a_comment_shows_as_text_what_it_may_not_contain():
    comment = render_comment(
        "# a\n<b>c</b> https://e.example/?x=1&y=2.\n\n![i](https://e.example/i.png)"
    )

    assert comment.text == "# a\n<b>c</b> https://e.example/?x=1&y=2.\n\n!i"
    assert "<h1" not in comment.html
    assert "<img" not in comment.html
    assert '<a href="https://e.example/?x=1&amp;y=2" rel="nofollow ugc noopener">' in comment.html
