"""What an editor looks for on pages: what stands where, how large it is, what is kept whole."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pdfs
import pictures
import pytest

from pressroom.cms.renditions.document.blocks import BulletList, Figure, ListItem, Paragraph
from pressroom.cms.renditions.document.document import Document
from pressroom.cms.renditions.document.inlines import Image, Link, Text
from pressroom.cms.renditions.document.picture import Picture
from pressroom.cms.renditions.formats.options import Paper, PrintLinks, RenditionOptions, TextSize
from pressroom.cms.renditions.formats.pdf.format import Pdf
from pressroom.cms.renditions.making.discussion import CommentRow
from pressroom.cms.text.document import SourceFormat, render_body

DAY = datetime(2018, 2, 23, tzinfo=UTC)
LONG = "Words that go on for more than a single line of the page, and then some. "


def made(document: Document, **options) -> pdfs.Pdf:
    told = Pdf().render(document, RenditionOptions(**options))
    pdf = pdfs.Pdf(told.content)
    assert pdf.claims == ("2", "A", "1"), told.warnings
    return pdf


def html_of(markdown: str) -> str:
    return render_body(markdown, SourceFormat.MARKDOWN).html


# ---------------------------------------------------------------- titles


def test_running_titles_end_with_a_whole_word(make_document) -> None:
    title = "Emotional intimacy, and how to connect with each other on a deeper level"
    document = make_document(f"<p>{LONG * 60}</p>", title=title)
    for size in TextSize:
        head = made(document, paper=Paper.A5, text_size=size).pages[1].split("\n")[0]
        shown, _, rest = head.removeprefix("The Quarterly").strip().partition("…")
        assert title.startswith(shown)
        assert title[len(shown) :] == "" or not title[len(shown)].isalnum()
        assert rest.strip() == ""


@pytest.mark.parametrize("size", TextSize)
def test_the_longer_a_title_the_smaller(make_document, size: TextSize) -> None:
    titles = ("A title", LONG, LONG * 2)
    largest = [max(made(make_document(title=title), text_size=size).sizes()) for title in titles]
    assert largest == sorted(largest, reverse=True)
    assert len(set(largest)) == len(titles)
    assert largest[-1] > {TextSize.NORMAL: 11, TextSize.LARGE: 16, TextSize.GIANT: 22}[size]


def test_lines_are_as_long_on_any_paper(make_document) -> None:
    document = make_document(f"<p>{LONG * 9}</p>")
    widths = set()
    for paper in (Paper.A4, Paper.LETTER, Paper.LEGAL):
        left, _, right, _ = made(document, paper=paper).ink()
        widths.add(round((right - left) / 10))
    assert len(widths) == 1


# ---------------------------------------------------------------- lists


def test_tasks_hang_from_their_boxes(make_document) -> None:
    pdf = made(make_document(html_of("- [x] baked\n- [ ] eaten\n")))
    assert "☑ baked ☐ eaten" in pdf.text
    assert "•" not in pdf.text
    assert len(pdf.tagged("Lbl")) == 2


def gallery(count: int) -> tuple[BulletList]:
    picture = Picture(pictures.picture("jpeg", (900, 600)), "image/jpeg", 900, 600)
    image = Image("https://press.example/i", "A square", picture=picture)
    figure = Figure((Paragraph((image,)),), (Text("A caption"),))
    return (BulletList((ListItem((figure,)),) * count),)


def test_pictures_in_a_list_stand_side_by_side(make_document) -> None:
    document = replace(make_document(), blocks=gallery(4))
    pdf = made(document)
    assert "•" not in pdf.text
    assert len(pdf.pages) == 1
    assert len(made(document, text_size=TextSize.GIANT).pages) > 1


def test_lines_that_were_broken_begin_at_the_margin(make_document) -> None:
    verse = "<p>First.</p><p>Roses<br>violets<br>sugar</p>"
    pdf = made(make_document(verse))
    assert pdf.left_of("Roses") == pytest.approx(pdf.left_of("First"), abs=1)
    assert pdf.left_of("Roses") == pytest.approx(pdf.left_of("violets"), abs=1)


def test_a_bold_line_is_kept_with_what_it_heads(make_document) -> None:
    for lines in range(30, 46):
        html = f"<p>{'x<br>' * lines}</p><p><b>Headed</b></p><p>{LONG * 2}</p>"
        pages = made(make_document(html)).pages
        assert [("Headed" in page) for page in pages] == [
            ("Words that go" in page) for page in pages
        ]


def test_a_picture_that_leads_somewhere_stands_in_the_middle_too(make_document) -> None:
    picture = Picture(pictures.picture("jpeg", (90, 60)), "image/jpeg", 90, 60)
    image = Image("https://press.example/i", "A square", picture=picture)
    document = make_document(byline=())
    inks = []
    for nodes in ((image,), (Link((image,), "https://a.example/"),)):
        pdf = made(
            replace(document, blocks=(Paragraph(nodes),)), links=PrintLinks.NONE, qr_code=False
        )
        middle = pdf.drawn().crop((0, 260, 827, 500)).convert("L")
        inks.append(middle.point(lambda value: 255 - value).getbbox())
    assert inks[0][0] == pytest.approx(inks[1][0], abs=2)
    assert inks[0][2] == pytest.approx(inks[1][2], abs=2)


def test_words_without_spaces_are_not_pulled_apart(make_document) -> None:
    sentence = "การเรียงพิมพ์เป็นศิลปะเก่าแก่"
    alone, among = (
        made(make_document(f"<p>{sentence} (7) {rest}</p>")) for rest in ("", f"{sentence} " * 6)
    )
    assert among.left_of("(7)") == pytest.approx(alone.left_of("(7)"), abs=0.1)


# ---------------------------------------------------------------- code


def test_what_is_left_of_a_line_of_code_hangs(make_document) -> None:
    pdf = made(make_document(f"<pre>if:\n    {'word ' * 20}tail\n\nnext</pre>"))
    assert pdf.left_of("tail") > pdf.left_of("word") > pdf.left_of("if:")
    assert pdf.left_of("next") == pytest.approx(pdf.left_of("if:"), abs=1)
    assert [tag.name for tag in pdf.tags][-1] == "Code"


@pytest.mark.parametrize("size", TextSize)
def test_drawings_in_code_stay_on_the_page(make_document, size: TextSize) -> None:
    drawing = f"<pre>{' ' * 60}/ O \\\n{' ' * 30}-{' ' * 40}/\n{' ' * 45}/  O</pre>"
    pdf = made(make_document(drawing), paper=Paper.A5, text_size=size)
    rights = [pdf.right_most(number) for number in range(len(pdf.pages))]
    assert all(right < pdf.sheet[0] - 25 for right in rights)


def test_little_code_is_kept_on_one_page(make_document) -> None:
    code = "<pre>first\n" + "line\n" * 8 + "last</pre>"
    for lines in range(28, 44):
        pages = made(make_document(f"<p>{'x<br>' * lines}</p>{code}")).pages
        assert [("first" in page) for page in pages] == [("last" in page) for page in pages]


# ---------------------------------------------------------------- words, figures


def test_long_words_are_divided_by_the_rules_of_their_language(make_document) -> None:
    word = "Rechtschreibprüfungsverantwortlichen"
    document = make_document(f"<p>Alle {word} lesen.</p><h2>{word}</h2>", language="de")
    pdf = made(document, paper=Paper.A5, text_size=TextSize.GIANT)
    # What is a hyphen at the end of a line comes out as U+FFFE.
    divided = re.findall("Rechtschreibprüfungs[a-z]+\ufffe[a-z]+", "\n".join(pdf.pages))
    assert [each.replace("\ufffe", "") for each in divided] == [word, word]
    assert all(pdf.ink(number)[2] < 583 - 30 for number in range(len(pdf.pages)))


def test_days_are_not_broken(make_document) -> None:
    pages = made(make_document(), paper=Paper.A5, text_size=TextSize.GIANT, qr_code=True).pages
    assert "November\xa016,\xa02016" in pages[0]


def test_a_figure_higher_than_a_page_is_broken(make_document) -> None:
    words = (Paragraph((Text(LONG * 4),)),) * 12
    figure = Figure(words, (Text("The caption"),))
    pages = made(replace(make_document(), blocks=(figure,)), text_size=TextSize.GIANT).pages
    assert len(pages) > 3
    assert "The caption" in pages[-1]


# ---------------------------------------------------------------- tables


def rows(count: int, field: str) -> str:
    return "".join(f"<tr><td>{field} {row}.</td></tr>" for row in range(count))


def test_a_table_higher_than_a_page_is_broken_however_few_its_letters(make_document) -> None:
    document = make_document(f"<table>{rows(10, LONG[:50])}</table>")
    pages = made(document, paper=Paper.A5, text_size=TextSize.GIANT).pages
    assert "line of th 0." in pages[0] + pages[1]
    assert "line of th 9." in pages[-1]
    assert not any("th 0." in page and "th 9." in page for page in pages)


def test_columns_that_ask_for_little_get_it(make_document) -> None:
    html = f"<table><tr><td>1850</td><td>{LONG}</td><td>María del Carmen</td></tr></table>"
    assert "María del Carmen" in made(make_document(html)).pages[0]


def test_a_table_that_is_a_little_too_wide_is_smaller(make_document) -> None:
    head = "".join(f"<th>Measure {letter}</th>" for letter in "ABCDEFGH")
    body = "".join(f"<td>{number}.5</td>" for number in range(8))
    pdf = made(make_document(f"<table><tr>{head}</tr><tr>{body}</tr></table>"))
    assert len(pdf.tagged("TH")) == 8
    assert min(size for size in pdf.sizes() if size > 2) < 9


def test_fields_stand_beside_their_titles_where_columns_have_no_room(make_document) -> None:
    head = "".join(f"<th>Column {number}</th>" for number in range(16))
    body = "".join(f"<td>value {number}</td>" for number in range(16))
    document = make_document(f"<table><tr>{head}</tr><tr>{body}</tr></table>")
    pdf = made(document)
    assert "Column 7 value 7 Column 8 value 8" in pdf.text
    assert pdf.left_of("value 7") > pdf.left_of("Column 7") + 20
    assert "Column 7 value 7" in made(document, text_size=TextSize.GIANT).text


# ---------------------------------------------------------------- ink, and what is thick


def shade(pdf: pdfs.Pdf) -> int:
    histogram = pdf.drawn().convert("L").histogram()
    return sum((255 - value) * count for value, count in enumerate(histogram))


def test_ink_is_saved_in_text_too(make_document) -> None:
    document = make_document(f"<h2>Part</h2><p>{LONG * 12}</p>")
    usual, saving = made(document), made(document, ink_saving=True)
    assert shade(saving) < 0.9 * shade(usual)
    assert {10, 11} & saving.sizes() == {10}
    large = made(document, ink_saving=True, text_size=TextSize.LARGE)
    assert 16 in large.sizes()


@pytest.mark.parametrize("words", ["强调的文字", "जोर दिया गया", "ข้อความสำคัญ", "중요한 글"])
@pytest.mark.parametrize("tag", ["strong", "em"])
def test_what_is_stressed_is_seen_in_scripts_of_one_weight(
    make_document, words: str, tag: str
) -> None:
    plain, stressed = (
        made(make_document(f"<p><{each}>{words * 20}</{each}></p>")) for each in ("span", tag)
    )
    assert shade(stressed) > 1.02 * shade(plain)
    assert words in stressed.text


# ---------------------------------------------------------------- comments


def thread(depth: int) -> tuple[CommentRow, ...]:
    return tuple(
        CommentRow(place, f"Reader {place}", f"<p>Reply {place}</p>", DAY, place == 8)
        for place in range(depth)
    )


def test_replies_that_are_indented_no_further_say_whom_they_answer(make_document) -> None:
    text = made(make_document(comments=thread(10), comment_count=9), comments=True).text
    assert "Reader 6 · February 23, 2018 · in reply to Reader 5 Reply 6" in text
    assert text.count("in reply to") == 3
    assert "Reader 9 · February 23, 2018 Reply 9" in text


def test_names_and_dates_of_two_scripts_do_not_mingle(make_document) -> None:
    row = CommentRow(0, "Jenn", "<p>مرحبا</p>", DAY, is_removed=False)
    pdf = made(make_document(language="ar", comments=(row,), comment_count=1), comments=True)
    assert pdf.left_of("Jenn") > pdf.left_of("23", 1)


def test_paragraphs_of_a_comment_are_told_apart(make_document) -> None:
    row = CommentRow(0, "Jenn", "<p>First.</p><p>Second.</p>", DAY, is_removed=False)
    pdf = made(make_document(comments=(row,), comment_count=1), comments=True)
    assert pdf.left_of("Second") > pdf.left_of("First") + 8


def test_notes_begin_at_the_margin(make_document) -> None:
    pdf = made(make_document('<p>See <a href="/x">it</a>.</p>'), links=PrintLinks.FOOTNOTES)
    assert pdf.left_of("1 https") == pytest.approx(pdf.left_of("See"), abs=1)
