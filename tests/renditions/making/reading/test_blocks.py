from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.renditions.document.blocks import (
    Alignment,
    Block,
    BulletList,
    Cell,
    CodeBlock,
    Figure,
    Heading,
    ListItem,
    NumberedList,
    Paragraph,
    Passage,
    Quotation,
    Rule,
    Table,
)
from pressroom.cms.renditions.document.direction import Direction
from pressroom.cms.renditions.document.flatten import lines_of, plain
from pressroom.cms.renditions.document.inlines import (
    Emphasis,
    FootnoteMark,
    Image,
    LineBreak,
    Link,
    Span,
    Strong,
    Superscript,
    Text,
)
from pressroom.cms.renditions.document.shortfalls import Shortfalls
from pressroom.cms.renditions.making.reading.blocks import Content, read_html
from pressroom.cms.text.document import SourceFormat, render_body

BASE = "https://press.example/on-printing"


def read(html: str) -> Content:
    return read_html(html, BASE, Shortfalls())


def blocks(html: str) -> tuple[Block, ...]:
    return read(html).blocks


def warnings(html: str) -> tuple[str, ...]:
    shortfalls = Shortfalls()
    read_html(html, BASE, shortfalls)
    return shortfalls.warnings


def words(html: str) -> str:
    return " ".join(" ".join(map(plain, lines_of(blocks(html)))).split())


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>One <em>two</em></p>", Paragraph((Text("One "), Emphasis((Text("two"),))))),
        ("loose", Paragraph((Text("loose"),))),
        ("<h3 id='content-a'>Title</h3>", Heading(3, (Text("Title"),), "content-a")),
        ("<ul><li>a</li></ul>", BulletList((ListItem((Paragraph((Text("a"),)),)),))),
        (
            "<ol start='4'><li>a</li></ol>",
            NumberedList((ListItem((Paragraph((Text("a"),)),)),), start=4),
        ),
        (
            "<ul><li><input type='checkbox' checked> a</li></ul>",
            BulletList((ListItem((Paragraph((Text("a"),)),), done=True),)),
        ),
        ("<blockquote><p>a</p></blockquote>", Quotation((Paragraph((Text("a"),)),))),
        (
            "<pre><code class='language-python'>a\n  b\n</code></pre>",
            CodeBlock("a\n  b", "python"),
        ),
        ("<hr>", Rule()),
        ("<p>a<br>b</p>", Paragraph((Text("a"), LineBreak(), Text("b")))),
        ("<p dir='rtl'>a</p>", Passage((Paragraph((Text("a"),)),), None, Direction.RIGHT_TO_LEFT)),
        ("<p><span lang='fr'>a</span></p>", Paragraph((Span((Text("a"),), "fr"),))),
        ("<p><span lang='no language'>a</span></p>", Paragraph((Text("a"),))),
        (
            "<figure><img src='/a.png' alt='A' width=3 height=2><figcaption>C</figure>",
            Figure((Paragraph((Image("https://press.example/a.png", "A", 3, 2),)),), (Text("C"),)),
        ),
    ],
)
def test_elements_become_nodes(html: str, expected: Block) -> None:
    assert blocks(html) == (expected,)


def test_a_table_keeps_head_alignment_and_spans() -> None:
    html = (
        "<table><caption>C</caption><thead><tr><th style='text-align:right'>a</th></tr></thead>"
        "<tbody><tr><td colspan='2'>b</td></tr></tbody></table>"
    )
    head = (Cell((Paragraph((Text("a"),)),), is_header=True, alignment=Alignment.RIGHT),)
    body = (Cell((Paragraph((Text("b"),)),), columns=2),)
    assert blocks(html) == (Table((head,), (body,), (Text("C"),)),)


def test_footnotes_are_taken_out_of_the_flow_and_numbered() -> None:
    body = render_body("One[^a] and two[^b].\n\n[^a]: First\n[^b]: Second", SourceFormat.MARKDOWN)
    content = read(body.html)
    assert content.blocks == (
        Paragraph((Text("One"), FootnoteMark(1), Text(" and two"), FootnoteMark(2), Text("."))),
    )
    assert [(note.number, words_of(note.blocks)) for note in content.footnotes] == [
        (1, "First"),
        (2, "Second"),
    ]


def words_of(given: tuple[Block, ...]) -> str:
    return " ".join(map(plain, lines_of(given)))


def test_a_link_around_blocks_is_put_around_their_lines() -> None:
    link = Link((Text("a"),), "https://example.org/")
    assert blocks("<a href='https://example.org/'><p>a</p>b</a>") == (
        Paragraph((link,)),
        Paragraph((Link((Text("b"),), "https://example.org/"),)),
    )


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("/a?b=1", "https://press.example/a?b=1"),
        ("other", "https://press.example/other"),
        ("#elsewhere", BASE + "#elsewhere"),
        ("mailto:a@example.org", "mailto:a@example.org"),
        ("//example.org/x", "https://example.org/x"),
    ],
)
def test_addresses_are_absolute(href: str, address: str) -> None:
    assert blocks(f"<p><a href='{href}'>a</a></p>") == (Paragraph((Link((Text("a"),), address),)),)


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "http://[", "file:/a"])
def test_links_that_lead_nowhere_are_text(href: str) -> None:
    html = f"<p><a href='{href}'>a</a></p>"
    assert blocks(html) == (Paragraph((Text("a"),)),)
    assert warnings(html) == ("A link that leads nowhere a reader could go is set as text.",)


def test_spaces_stand_outside_of_what_they_surround() -> None:
    assert blocks("<p> a<b> b </b> c <i></i></p>") == (
        Paragraph((Text("a "), Strong((Text("b"),)), Text(" c"))),
    )


def test_superscripts_that_refer_to_no_footnote_stay() -> None:
    html = "<p>x<sup class='footnote-ref'><a href='#content-fn9'>9</a></sup></p>"
    link = Link((Text("9"),), BASE + "#content-fn9")
    assert blocks(html) == (Paragraph((Text("x"), Superscript((link,)))),)


@pytest.mark.parametrize(
    ("html", "warning"),
    [
        ("<p><img src='/a.png'></p>", "An image has no description: https://press.example/a.png"),
        (
            "<p><img src='data:image/png;base64,x' alt='A'></p>",
            "An image that is not had by HTTP is replaced by its description.",
        ),
        ("<p><u>a</u> <u>b</u></p>", "Underlining is left out (2 times)."),
        (
            "<p><abbr title='b'>a</abbr></p>",
            "Words that only appear under the pointer are left out.",
        ),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "A list of definitions is set as an ordinary list."),
    ],
)
def test_losses_are_named(html: str, warning: str) -> None:
    assert warnings(html) == (warning,)


def test_warnings_are_bounded() -> None:
    html = "".join(f"<img src='/{number}.png'>" for number in range(1_000))
    assert len(warnings(html)) == 51
    assert warnings(html)[-1] == "There are 950 more such remarks."


@pytest.mark.parametrize("tag", ["blockquote", "div", "b", "ul", "table", "span", "ol><li", "q"])
def test_ten_thousand_levels_are_read_and_told(tag: str) -> None:
    name = tag.partition(">")[0]
    html = f"<{tag}>" * 10_000 + "core" + f"</{name}>" * 10_000
    assert "core" in words(html)
    assert any(warning.startswith("What is nested deeper") for warning in warnings(html))


HOSTILE = "<script>alert(1)</script><p onclick='x'>a<style>p{}</style></p><svg><a>b</a></svg><p>c"


def test_scripts_and_styles_leave_nothing_behind() -> None:
    assert words(HOSTILE) == "a c"


TAGS = (
    "<p> </p> <b> </b> <ul> <li> </li> </ul> <table> <tr> <td> </td> </tr> </table> <a/href=x> "
    "</a> <br> <img> <pre> </pre> <dl> <dt> </dl> <h2> </h2> <figure> <figcaption> </figure> <hr> "
    "<blockquote> </blockquote> <div> </div> <sup> </sup> <! <!-- --> <? & &lt; <section> <ruby> "
    "<rt> <q> <li/dir=rtl> <td/colspan=9999999999>"
)
MARKUP = st.lists(st.sampled_from(TAGS.split(" ")) | st.text(max_size=5)).map("".join)


@given(MARKUP)
def test_any_string_is_read(html: str) -> None:
    read(html)


@given(st.lists(st.text(alphabet="abc <>&é漢", min_size=1), max_size=10), st.data())
def test_no_text_is_lost(texts: list[str], data: st.DataObject) -> None:
    around = st.sampled_from(
        ["p", "b", "li", "td", "blockquote", "h2", "div", "code", "pre", "figure", "dd", "caption"]
    )
    elements = [data.draw(around) for _ in texts]
    html = "".join(
        f"<{name}>{escape(text)}</{name}>" for name, text in zip(elements, texts, strict=True)
    )
    assert "".join(words(html).split()) == "".join("".join(texts).split())
