from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.renditions.document.blocks import Blocks
from pressroom.cms.renditions.document.shortfalls import Shortfalls
from pressroom.cms.renditions.formats.markdown.format import Markdown
from pressroom.cms.renditions.formats.markdown.line import paragraph_markdown
from pressroom.cms.renditions.formats.options import PrintImages, RenditionOptions
from pressroom.cms.renditions.making.discussion import CommentRow
from pressroom.cms.renditions.making.reading.blocks import read_html
from pressroom.cms.text.document import SourceFormat, render_body

BASE = "https://press.example/on-printing"


def written(document, **options) -> str:
    return Markdown().render(document, RenditionOptions(**options)).content.decode()


def html_of(markdown: str) -> str:
    return render_body(markdown, SourceFormat.MARKDOWN).html


def tree(html: str) -> Blocks:
    return read_html(html, BASE, Shortfalls()).blocks


def test_the_head_stands_before_the_text(make_document) -> None:
    assert written(make_document("<p>Some <em>words</em>.</p>")) == (
        "# On printing\n\n"
        "By Ada Lovelace\\\n"
        "Published November 16, 2016\\\n"
        "Updated February 23, 2018\\\n"
        "Categories: Communication, Reflection\\\n"
        "The Quarterly: <https://press.example/on-printing>\n\n"
        "Some *words*.\n"
    )


SAMPLES = [
    "Plain *a* **b** ~~c~~ `d` [e](https://example.org/f) <https://example.org/>",
    "1\\. not a list\n\n\\# not a heading\n\n\\- nor this\n\n\\> or that",
    "a * b _ c ` d [e] <f> &amp;lt; g\\\\ h snake_case_name 2 ~ 3",
    "> q\n>\n> > r\n\n- a\n- b\n  - c\n\n1. d\n2. e",
    "- a\n\n  b\n\n- c\n\n* d",
    "3. x\n4. y\n\n5) z",
    "- [x] done\n- [ ] not",
    "```python\na\n```\n\n````\n```\n````",
    "| a | b |\n|:--|--:|\n| c \\| d | `e` |",
    "a\\\nb\n\n***\n\n![alt \\[x\\]](https://example.org/i.png)",
    "a[^1]\n\n[^1]: note\n\n    more",
    "x<sub>2</sub> y<sup>3</sup>",
]


@pytest.mark.parametrize("markdown", SAMPLES)
def test_what_is_written_reads_as_the_same_tree(make_document, markdown: str) -> None:
    html = html_of(markdown)
    text = written(make_document(html)).partition("on-printing>\n\n")[2]
    assert tree(html_of(text)) == tree(html)


@given(
    st.lists(st.text(alphabet="ab1 *_`~[]()<>#+-.!\\|&;:=\"'", min_size=1), min_size=1, max_size=5)
)
def test_characters_that_mean_something_are_escaped(texts: list[str]) -> None:
    html = "".join(f"<p>{escape(text)}</p>" for text in texts)
    before = tree(html)
    markdown = "\n\n".join(paragraph_markdown(block.children, BASE) for block in before)
    assert tree(html_of(markdown)) == before


def test_cells_that_span_are_told(make_document) -> None:
    html = "<table><tr><th colspan='2'>a</th></tr><tr><td>b</td><td>c</td></tr></table>"
    made = Markdown().render(make_document(html), RenditionOptions())
    assert "| a |  |\n| --- | --- |\n| b | c |" in made.content.decode()
    assert made.warnings == ("A table's cell that spans others is set beside empty ones.",)


def test_comments_are_quoted_below_what_they_answer(make_document) -> None:
    document = make_document()
    rows = tuple(
        CommentRow(
            depth, f"Reader {depth}", f"<p>Reply {depth}</p>", document.updated_at, depth == 1
        )
        for depth in range(3)
    )
    text = written(make_document(comments=rows, comment_count=2), comments=True)
    assert text.endswith(
        "## Comments (2)\n\n**Reader 0** · February 23, 2018\n\nReply 0\n\n"
        "> February 23, 2018\n>\n> *This comment was removed.*\n>\n"
        "> > **Reader 2** · February 23, 2018\n> >\n> > Reply 2\n"
    )


def test_images_are_described_on_request(make_document) -> None:
    html = "<p>a <img src='/i.png' alt='A dog'></p>"
    assert "![A dog](https://press.example/i.png)" in written(make_document(html))
    described = written(make_document(html), images=PrintImages.DESCRIPTIONS)
    assert "a \\[Image: A dog\\]" in described


def test_deep_nesting_is_written(make_document) -> None:
    assert "core" in written(make_document("<blockquote>" * 10_000 + "core"))


def test_without_comments_there_is_no_heading_for_them(make_document) -> None:
    assert "Comments" not in written(make_document(comments=(), comment_count=0), comments=True)
