"""What a PDF is made of: its sheet, its words, its structure, and nothing of the machine."""

import pickle
import shutil
import sys
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pdfs
import pictures
import processes
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from renditions.trees import documents
from thoroughness import examples

from pressroom.cms.renditions.document.blocks import Cell, Figure, Paragraph, Table
from pressroom.cms.renditions.document.direction import Direction
from pressroom.cms.renditions.document.document import Document
from pressroom.cms.renditions.document.inlines import Image, Text
from pressroom.cms.renditions.document.picture import Picture
from pressroom.cms.renditions.formats.format import NotRenderable, Output
from pressroom.cms.renditions.formats.options import (
    Paper,
    PrintImages,
    PrintLinks,
    RenditionOptions,
    TextSize,
)
from pressroom.cms.renditions.formats.pdf.format import Pdf
from pressroom.cms.renditions.making.discussion import CommentRow
from pressroom.cms.text.document import SourceFormat, render_body

DAY = datetime(2018, 2, 23, tzinfo=UTC)
LONG = "Words that go on for more than a single line of the page, and then some. " * 6


def output(document: Document, **options) -> Output:
    return Pdf().render(document, RenditionOptions(**options))


def made(document: Document, **options) -> pdfs.Pdf:
    return pdfs.Pdf(output(document, **options).content)


def html_of(markdown: str) -> str:
    return render_body(markdown, SourceFormat.MARKDOWN).html


# ---------------------------------------------------------------- the file


RICH = html_of(
    "Some *emphasis*, **strong words**, `code` and a [link](https://a.example/).\n\n"
    "## Part\n\n- one\n- two\n\n1. first\n\n> quoted\n\n"
    "| Name | Number |\n|------|-------:|\n| Pears | 12 |\n\n### Deeper\n\n"
    "```\nx = 1\n```\n\nA note[^1].\n\n[^1]: The remark.\n"
)


def test_it_claims_to_be_accessible_and_to_last(make_document) -> None:
    pdf = made(make_document(RICH))
    assert pdf.claims == ("2", "A", "1")
    assert pdf.file.check_pdf_syntax() == []
    assert output(make_document(RICH)).warnings == ()


def test_it_says_what_it_is(make_document) -> None:
    pdf = made(make_document(title="Über <Größe>", language="de-AT"))
    assert str(pdf.file.Root.Lang) == "de-AT"
    assert pdf.file.Root.ViewerPreferences.DisplayDocTitle
    assert str(pdf.file.docinfo.Title) == "Über <Größe>"
    assert str(pdf.file.docinfo.Author) == "Ada Lovelace"
    assert str(pdf.file.docinfo.Keywords) == "Communication, Reflection"
    assert str(pdf.file.docinfo.CreationDate) == "D:20180223000000Z"


def test_structure_is_written(make_document) -> None:
    pdf = made(make_document(RICH))
    names = {tag.name for tag in pdf.tags}
    assert names >= {"Document", "P", "Em", "Strong", "Code", "Link", "L", "LI", "LBody", "Note"}
    assert names >= {"BlockQuote", "Table", "THead", "TH", "TBody", "TD"}
    assert pdf.headings == [(1, "On printing"), (2, "Part"), (3, "Deeper"), (2, "Links")]


def test_headings_skip_no_level(make_document) -> None:
    pdf = made(make_document("<h4>a</h4><h6>b</h6><h2></h2><h1>c</h1><h3>d</h3>"))
    assert pdf.headings == [(1, "On printing"), (2, "a"), (3, "b"), (2, "c"), (3, "d")]


def test_fonts_are_embedded(make_document) -> None:
    pdf = made(make_document(RICH))
    descriptors = [
        font.DescendantFonts[0].FontDescriptor for font in pdf.fonts if "/DescendantFonts" in font
    ]
    assert descriptors
    assert all({"/FontFile2", "/FontFile3"} & set(found.keys()) for found in descriptors)


def test_pages_are_counted(make_document) -> None:
    told = output(make_document(f"<p>{LONG}</p>" * 30))
    pdf = pdfs.Pdf(told.content)
    assert told.page_count == len(pdf.pages) > 2
    assert pdf.pages[0].rstrip().endswith(f"1 / {told.page_count}")
    assert "The Quarterly On printing" in pdf.pages[1].replace("\n", " ")


# ---------------------------------------------------------------- the words


def test_the_words_are_those_of_the_post(make_document) -> None:
    pdf = made(make_document(RICH), links=PrintLinks.NONE)
    assert pdf.text == (
        "The Quarterly On printing By Ada Lovelace "
        "Published November 16, 2016 · Updated February 23, 2018 "
        "Categories: Communication, Reflection https://press.example/on-printing "
        "Some emphasis, strong words, code and a link. Part • one • two 1. first quoted "
        "Name Number Pears 12 Deeper x = 1 A note1. 1 The remark. 1 / 1"
    )


@pytest.mark.parametrize(
    "text",
    [
        "مرحبا بالعالم، هذه فقرة بالعربية وفيها English أيضا",
        "שלום עולם, זוהי פסקה בעברית",
        "漢字とかな交じりの日本語の文章です。",
        "中文段落也可以打印。",
        "한국어 문단도 인쇄됩니다.",
        "Ελληνικά, русский, Tiếng Việt, Łódź",
        "สวัสดีชาวโลก",
        "𝒜 ∑ → ☑ 😀 👩‍👩‍👧‍👦 🇩🇪 ❤️",
    ],
)
def test_scripts_of_the_world(make_document, text: str) -> None:
    document = make_document(f"<p>{text}</p>")
    assert text in made(document).text
    assert output(document).warnings == ()


def test_what_runs_to_the_left_begins_at_the_right(make_document) -> None:
    left, right = (made(make_document(f"<p>{word}</p>")) for word in ("word", "كلمة"))
    middle = left.sheet[0] / 2
    assert left.left_of("word") < middle < right.left_of("كلمة")


def test_a_table_runs_the_way_of_its_words(make_document) -> None:
    html = "<table><tr><th>One</th><th>Other</th></tr><tr><td>1</td><td>2</td></tr></table>"
    document = replace(make_document(html), language="ar", direction=Direction.RIGHT_TO_LEFT)
    pdf = made(document)
    assert pdf.left_of("One") < pdf.left_of("Other")
    turned = made(make_document(html.replace("One", "واحد").replace("Other", "آخر")))
    assert turned.left_of("واحد") > turned.left_of("آخر")


def test_characters_that_no_font_has_are_named(make_document) -> None:
    told = output(make_document("<p>a\ua9c1b\ue000c</p>"))
    assert "a�b�c" in pdfs.Pdf(told.content).text
    assert told.warnings == (
        "No font at hand has these characters, and � is printed for them: U+A9C1, U+E000.",
    )


def test_long_words_stay_on_the_page_and_whole(make_document) -> None:
    words = ("a" * 1_000, "https://example.org/" + "b" * 500, "漢" * 300)
    html = "".join(f"<p>{word}</p><ul><li>{word}</ul><pre>{word}</pre>" for word in words)
    for size in TextSize:
        pdf = made(make_document(html), paper=Paper.A5, text_size=size)
        for number in range(len(pdf.pages)):
            left, _, right, _ = pdf.ink(number)
            assert left > 30
            assert right < 583 - 30
        together = "".join(pdf.text.split())
        assert together.count("https://example.org/") >= 3
        assert "\u200b" not in together
    assert together.count("a") > 3_000


def test_long_words_stay_on_the_page_in_titles_too(make_document) -> None:
    word = "Taumatawhakatangihangakoauauotamateaturipukakapikimaungahoronukupokaiwhenuakitanatahu"
    document = make_document(f"<h2>{word}</h2><p>x</p>", title=word, byline=(word,))
    document = replace(document, site_title=word, categories=(word,))
    for size in TextSize:
        pdf = made(document, paper=Paper.A5, text_size=size)
        assert all(pdf.ink(number)[2] < 583 - 30 for number in range(len(pdf.pages)))
        assert pdf.headings == [(1, word), (2, word)]


def test_dates_and_words_are_those_of_the_language(make_document) -> None:
    text = made(make_document(RICH, language="de")).text
    assert "Veröffentlicht am 16. November 2016" in text
    assert "Von Ada Lovelace" in text


# ---------------------------------------------------------------- the options


@pytest.mark.parametrize(
    ("paper", "sheet"),
    [
        (Paper.A4, (595.3, 841.9)),
        (Paper.A5, (419.5, 595.3)),
        (Paper.LETTER, (612.0, 792.0)),
        (Paper.LEGAL, (612.0, 1008.0)),
    ],
)
def test_paper(make_document, paper: Paper, sheet: tuple[float, float]) -> None:
    assert made(make_document(), paper=paper).sheet == sheet


@pytest.mark.parametrize(("size", "points"), [(TextSize.LARGE, 16), (TextSize.GIANT, 22)])
def test_large_print_is_large_everywhere(make_document, size: TextSize, points: int) -> None:
    html = html_of(
        f"{LONG}\n\n| a | b |\n|---|---|\n| c | d |\n\n```\ncode\n```\n\n> quoted\n\n"
        "`x` [l](/l)[^1]\n\n[^1]: Note"
    )
    row = CommentRow(0, "Reader", "<p>Reply</p>", DAY, is_removed=False)
    document = make_document(html, comments=(row,), comment_count=1)
    pdf = made(document, text_size=size, comments=True)
    sizes = set().union(*(pdf.sizes(number) for number in range(len(pdf.pages))))
    # What is smaller are figures above the line, and the marks of where lines end.
    assert {found for found in sizes if 2 < found < points} <= {round(points * 0.68, 1)}
    assert len(pdf.pages) > len(made(document, comments=True).pages)


LINKED = (
    '<p><a href="https://a.example/">one</a> <a href="/b">two</a> '
    '<a href="https://a.example/">three</a> <a href="https://c.example/x">c.example/x</a></p>'
)


def test_links_are_numbered_each_address_once(make_document) -> None:
    pdf = made(make_document(LINKED))
    assert "one[1] two[2] three[1] c.example/x Links" in pdf.text
    assert "[1] https://a.example/ [2] https://press.example/b" in pdf.text
    assert pdf.links.count("https://c.example/x") == 1
    assert set(pdf.links) >= {"https://a.example/", "https://press.example/b"}


def test_addresses_stand_at_the_foot_of_their_page(make_document) -> None:
    first = f"{LINKED}{f'<p>{LONG}</p>' * 12}"
    pdf = made(make_document(first + LINKED), links=PrintLinks.FOOTNOTES)
    assert "one1 two2 three1" in pdf.pages[0].replace("\n", " ")
    assert "1 https://a.example/\n2 https://press.example/b" in pdf.pages[0]
    assert not any("https://a.example/" in page for page in pdf.pages[1:])
    assert "Links" not in pdf.text


def test_no_addresses_on_request(make_document) -> None:
    pdf = made(make_document(LINKED), links=PrintLinks.NONE)
    assert "one two three" in pdf.text
    assert "https://a.example/" not in pdf.text
    assert "https://a.example/" in pdf.links


def test_links_have_words_for_those_who_hear_them(make_document) -> None:
    pdf = made(make_document(LINKED))
    annotations = [mark for page in pdf.file.pages for mark in page.Annots]
    assert annotations
    assert all(str(mark.Contents) for mark in annotations if "/A" in mark)


def test_links_lead_to_headings_of_the_same_document(make_document) -> None:
    pdf = made(make_document(html_of("## Here\n\n[there](#here)")))
    annotations = [mark for page in pdf.file.pages for mark in page.Annots]
    assert [str(mark.Dest) for mark in annotations if "/Dest" in mark] == ["at-here"]
    assert "[1]" not in pdf.text


def test_notes_stand_at_the_foot_of_their_page(make_document) -> None:
    html = html_of(f"a[^x] b[^y] c[^x]\n\n{LONG * 20}\n\nend\n\n[^x]: First\n\n[^y]: Second[^x]")
    pdf = made(make_document(html))
    assert "a1 b2 c1" in pdf.pages[0]
    assert "1 First\n2 Second1" in pdf.pages[0].replace("\n.", "")


def shown(kind: str = "jpeg", size: tuple[int, int] = (900, 600)) -> Picture:
    return Picture(pictures.picture(kind, size), f"image/{kind}", *size)  # type: ignore[arg-type] # of two kinds


def with_picture(document: Document, description: str = "A square") -> Document:
    image = Image("https://press.example/i", description, picture=shown())
    return replace(document, blocks=(Figure((Paragraph((image,)),)), *document.blocks))


def test_pictures_are_printed_as_they_are_with_their_descriptions(make_document) -> None:
    pdf = made(with_picture(make_document()))
    (image,) = pdf.images
    assert (image.Width, image.Height, image.Filter) == (900, 600, "/DCTDecode")
    assert bytes(image.read_raw_bytes()) == shown().content
    assert [tag.alternative for tag in pdf.tagged("Figure")] == [
        "QR: https://press.example/on-printing",
        "A square",
    ]


def test_one_picture_is_there_once(make_document) -> None:
    document = make_document()
    image = Image("https://press.example/i", "A square", picture=shown("png", (40, 40)))
    pdf = made(replace(document, blocks=(Paragraph((image,)),) * 50))
    assert len(pdf.images) == 1
    assert len(pdf.tagged("Figure")) == 51


def test_a_picture_without_description_is_decoration(make_document) -> None:
    pdf = made(with_picture(make_document(), ""), qr_code=False)
    assert pdf.claims == ("2", "A", "1")
    assert len(pdf.images) == 1
    assert [tag.alternative for tag in pdf.tagged("Figure") if tag.alternative] == []


@pytest.mark.parametrize(
    ("choice", "text"),
    [(PrintImages.DESCRIPTIONS, "[Image: A square] Some"), (PrintImages.NONE, "printing Some")],
)
def test_pictures_as_they_are_wanted(make_document, choice: PrintImages, text: str) -> None:
    pdf = made(with_picture(make_document()), images=choice)
    assert text in pdf.text
    assert not pdf.images


def test_an_image_without_its_file_is_described(make_document) -> None:
    told = output(make_document('<p><img src="/i.png" alt="A square"></p>'))
    text = pdfs.Pdf(told.content).text
    assert "[Image: A square][1]" in text
    assert "[1] https://press.example/i.png" in text
    assert "not at hand" in told.warnings[0]


def test_ink_is_saved(make_document) -> None:
    document = with_picture(make_document())
    usual, saving = (made(document, ink_saving=saved).drawn() for saved in (False, True))
    assert sum(saving.convert("L").histogram()[:128]) < sum(usual.convert("L").histogram()[:128])


def test_the_code_leads_to_the_post(make_document) -> None:
    document = make_document()
    assert made(document).barcodes() == ["https://press.example/on-printing"]
    assert made(document, text_size=TextSize.GIANT, paper=Paper.A5).barcodes() == [document.address]
    assert made(document, qr_code=False).barcodes() == []


def test_an_address_too_long_for_a_code_has_none(make_document) -> None:
    document = replace(make_document(), address="https://press.example/" + "a" * 9_000)
    assert made(document).barcodes() == []


def comments(depths=(0, 1, 2, 0)) -> tuple[CommentRow, ...]:
    return tuple(
        CommentRow(depth, f"Reader {place}", f"<p>Reply {place}</p>", DAY, place == 1)
        for place, depth in enumerate(depths)
    )


def test_comments_stand_below_what_they_answer(make_document) -> None:
    document = make_document(comments=comments(), comment_count=10)
    text = made(document, comments=True).text
    assert "Comments (10)" in text
    assert "Reader 0 · February 23, 2018 Reply 0" in text
    assert "Reply 0 February 23, 2018 This comment was removed. Reader 2" in text
    assert "7 more comments are to be read at https://press.example/on-printing" in text
    assert "Reader 1" not in text


def test_replies_are_indented_as_long_as_there_is_room(make_document) -> None:
    deep = comments(range(300))
    pdf = made(make_document(comments=deep, comment_count=299), text_size=TextSize.GIANT)
    for number in range(len(pdf.pages)):
        assert pdf.ink(number)[2] < 827 - 40
    assert "Reply 299" in pdf.text


# ---------------------------------------------------------------- tables


def table(rows: int) -> str:
    body = "".join(f"<tr><td>row {row}</td><td>{row}</td></tr>" for row in range(rows))
    return f"<table><tr><th>Name</th><th>Number</th></tr>{body}</table>"


def test_heads_are_repeated_on_each_page_of_a_table(make_document) -> None:
    pdf = made(make_document(table(120)))
    assert len(pdf.pages) > 2
    assert all("Name Number" in page for page in pdf.pages)
    assert len(pdf.tagged("TH")) == 2


def test_a_head_that_leads_away_is_not_repeated(make_document) -> None:
    linked = table(120).replace("Name", '<a href="/n">Name</a>')
    told = output(make_document(linked))
    assert told.warnings == ()
    assert pdfs.Pdf(told.content).claims == ("2", "A", "1")


def test_without_room_for_columns_rows_stand_by_themselves(make_document) -> None:
    head = "".join(f"<th>Head {number}</th>" for number in range(30))
    body = "".join(f"<td>field {number}</td>" for number in range(30))
    pdf = made(make_document(f"<table><tr>{head}</tr><tr>{body}</tr></table>"))
    assert "Head 7 field 7 Head 8 field 8" in pdf.text


def test_spans_that_lead_nowhere_are_cut(make_document) -> None:
    html = (
        "<table><tr><td rowspan=5>a</td><td colspan=3>b</td></tr>"
        "<tr><td rowspan=9 colspan=50>c</td><td>d</td></tr><tr></tr><tr><td>e</td></tr></table>"
        "<table><thead><tr><th rowspan=4>f</th><th>g</th></tr></thead><tr><td>h<td>i<td>j</table>"
    )
    text = made(make_document(html)).text
    assert all(letter in text for letter in "abcdefghij")


# ---------------------------------------------------------------- the same bytes


AGAIN = """
import hashlib, sys
sys.path[:0] = [{tests!r}]
from datetime import UTC, datetime
from pressroom.cms.renditions.document.blocks import Paragraph
from pressroom.cms.renditions.document.direction import Direction
from pressroom.cms.renditions.document.document import Document
from pressroom.cms.renditions.document.inlines import Text
from pressroom.cms.renditions.formats.options import RenditionOptions
from pressroom.cms.renditions.formats.pdf.format import Pdf
at = datetime(2018, 2, 23, tzinfo=UTC)
document = Document(
    "Title", "https://press.example/a", "Site", "en", Direction.LEFT_TO_RIGHT, at, at,
    (Paragraph((Text("Words, عربي, 漢字, 😀."),)),),
)
print(Pdf().version, hashlib.sha256(Pdf().render(document, RenditionOptions()).content).hexdigest())
"""


def test_the_same_bytes_in_another_process_at_another_time_and_place(tmp_path: Path) -> None:
    script = tmp_path / "again.py"
    script.write_text(AGAIN.format(tests=str(Path(__file__).parents[4])), encoding="utf-8")
    places = (
        {"TZ": "Asia/Tokyo", "LC_ALL": "tr_TR.UTF-8", "SOURCE_DATE_EPOCH": "1"},
        {"TZ": "America/Lima", "LANG": "C", "HOME": str(tmp_path), "PYTHONHASHSEED": "7"},
    )
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    days = (["faketime", "2031-02-03 04:05:06"] if shutil.which("faketime") else [], [])
    one, other = (
        processes.run([*day, sys.executable, script], here, place)
        for day, here, place in zip(days, (tmp_path, folder), places, strict=True)
    )
    assert one == other
    assert len(one.split()) == 2


def test_it_can_be_sent_to_another_process(make_document) -> None:
    document = make_document(RICH)
    again = pickle.loads(pickle.dumps(Pdf()))
    assert again == Pdf()
    assert again.render(document, RenditionOptions()) == output(document)


# ---------------------------------------------------------------- hostile content


HOSTILE = '#read("/etc/passwd") #image("/etc/passwd") $x$ *a* _b_ `c` <l> @l // [#panic()] \\ "; ~'


def test_markup_stays_literal_wherever_it_stands(make_document) -> None:
    html = "".join(
        f"<{tag}>{HOSTILE.replace('<', '&lt;')}</{tag}>" for tag in ("p", "h2", "pre", "li", "td")
    )
    rows = (CommentRow(0, HOSTILE, f"<p>{HOSTILE.replace('<', '&lt;')}</p>", DAY, False),)
    document = make_document(
        html, title=HOSTILE, byline=(HOSTILE,), categories=(HOSTILE,), comments=rows
    )
    document = replace(document, site_title=HOSTILE, address=f"https://press.example/{HOSTILE}")
    pdf = made(document, comments=True, text_size=TextSize.NORMAL)
    together = "".join(pdf.text.split())
    assert together.count("".join(HOSTILE.split())) >= 9
    assert "root:" not in pdf.text


DEEP = {
    "quotations": "<blockquote>" * 10_000 + "core",
    "lists": "<ul><li>" * 10_000 + "core",
    "emphasis": "<p>" + "<em><b>" * 5_000 + "core",
    "tables": "<table><tr><td>" * 200 + "core",
    "figures": "<figure>" * 500 + "<p>core",
    "all": "<blockquote><ul><li><table><tr><td>a</td><td>" * 100 + "core",
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_is_printed(make_document, name: str) -> None:
    told = output(make_document(DEEP[name]))
    pdf = pdfs.Pdf(told.content)
    assert "core" in pdf.text
    assert pdf.claims == ("2", "A", "1")
    if name not in {"emphasis", "figures"}:
        assert "What is nested deeper than 6" in told.warnings[0]


def test_a_table_beyond_all_measure_is_refused(make_document) -> None:
    row = (Cell((Paragraph((Text("field"),)),)),) * 2
    document = replace(make_document(), blocks=(Table((), (row,) * 90_000),))
    with pytest.raises(NotRenderable, match="too many words, links or fields"):
        output(document)


def test_a_word_of_a_hundred_thousand_letters(make_document) -> None:
    assert "".join(made(make_document(f"<p>{'a' * 100_000}</p>")).text.split()).count("a") > 99_000


def test_odd_addresses(make_document) -> None:
    html = (
        f'<p><a href="https://e.example/{"a" * 9_000}">long</a> '
        '<a href="https://e.example/\u00ad\u200b">unseen</a></p>'
    )
    told = output(make_document(html))
    text = pdfs.Pdf(told.content).text
    assert told.warnings == ()
    assert "https://e.example/aaa" in text
    assert "%C2%AD%E2%80%8B" in text


def test_notes_that_refer_to_themselves(make_document) -> None:
    notes = "".join(f"[^{number}]: note {number} [^{number % 5 + 1}]\n\n" for number in range(1, 6))
    text = made(make_document(html_of(f"a[^1]\n\n{notes}"))).text
    assert all(f"note {number}" in text for number in range(1, 6))


def test_what_has_no_title_goes_by_its_address(make_document) -> None:
    pdf = made(make_document(title="\u200b "))
    assert pdf.headings == [(1, "https://press.example/on-printing")]
    assert pdf.claims == ("2", "A", "1")


choices = st.builds(
    RenditionOptions,
    paper=st.sampled_from(Paper),
    text_size=st.sampled_from(TextSize),
    links=st.sampled_from(PrintLinks),
    images=st.sampled_from(PrintImages),
    ink_saving=st.booleans(),
    qr_code=st.booleans(),
)


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents, choices)
def test_whatever_a_document_holds_is_printed(
    document: Document, options: RenditionOptions
) -> None:
    told = Pdf().render(document, options)
    pdf = pdfs.Pdf(told.content)
    assert pdf.claims == ("2", "A", "1"), told.warnings
    assert told.page_count == len(pdf.pages)
    levels = [level for level, _ in pdf.headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))
