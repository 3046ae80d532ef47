from pressroom.cms.renditions.formats.options import PrintImages, PrintLinks, RenditionOptions
from pressroom.cms.renditions.formats.text.columns import width
from pressroom.cms.renditions.formats.text.format import PlainText
from pressroom.cms.renditions.making.discussion import CommentRow


def written(document, **options) -> str:
    return PlainText().render(document, RenditionOptions(**options)).content.decode()


def body(document, **options) -> str:
    return written(document, **options).partition("on-printing\n\n")[2]


def test_the_head_stands_before_the_text(make_document) -> None:
    assert written(make_document()) == (
        "On printing\n===========\n\nBy Ada Lovelace\nPublished November 16, 2016\n"
        "Updated February 23, 2018\nCategories: Communication, Reflection\nThe Quarterly\n"
        "https://press.example/on-printing\n\nSome words.\n"
    )


def test_lines_are_broken_at_72_columns(make_document) -> None:
    lines = body(make_document(f"<p>{'word ' * 60}</p><p>{'日本語の長い文。' * 30}</p>")).split(
        "\n"
    )
    assert all(width(line) <= 72 for line in lines)
    assert max(map(width, lines)) > 66
    assert not any(line.startswith("。") for line in lines)


def test_an_address_is_never_broken(make_document) -> None:
    address = "https://example.org/" + "a" * 100
    assert f"\n{address}\n" in body(make_document(f"<p>{'word ' * 10}{address} more</p>"))


def test_links_are_numbered_each_address_once(make_document) -> None:
    html = "<p><a href='/a'>one</a>, <a href='/b'>two</a>, <a href='/a'>three</a></p>"
    assert body(make_document(html)) == (
        "one [1], two [2], three [1]\n\nLinks\n-----\n\n"
        "[1] https://press.example/a\n[2] https://press.example/b\n"
    )
    assert body(make_document(html), links=PrintLinks.NONE) == "one, two, three\n"


def test_structure_is_shown_by_signs(make_document) -> None:
    html = (
        "<h2>Title</h2><ul><li>a</li><li>b<ol><li>c</li></ol></li></ul>"
        "<blockquote><p>d</p></blockquote><pre>e\n  f</pre><hr>"
    )
    assert body(make_document(html)) == (
        "Title\n-----\n\n- a\n- b\n  1. c\n\n> d\n\n    e\n      f\n\n"
        f"{'* * *'.center(72).rstrip()}\n"
    )


TABLE = (
    "<table><thead><tr><th>Name</th><th>漢字</th></tr></thead><tr><td>a</td><td>b</td></tr></table>"
)


def test_tables_stand_in_columns(make_document) -> None:
    assert body(make_document(TABLE)) == "Name  漢字\n----  ----\na     b\n"


def test_tables_too_wide_are_written_row_by_row(make_document) -> None:
    head = "".join(f"<th>Column {number}</th>" for number in range(8))
    row = "".join(f"<td>some words that take room {number}</td>" for number in range(8))
    text = body(make_document(f"<table><tr>{head}</tr><tr>{row}</tr></table>"))
    assert "Column 7: some words that take room 7" in text


def test_images_are_descriptions(make_document) -> None:
    html = "<p>a <img src='/i.png' alt='A dog'></p>"
    assert body(make_document(html)) == "a [Image: A dog]\n"
    assert body(make_document(html), images=PrintImages.NONE) == "a\n"


def test_comments_are_indented_below_what_they_answer(make_document) -> None:
    at = make_document().updated_at
    rows = tuple(
        CommentRow(depth, "R", f"<p>Reply {depth}</p>", at, depth == 1) for depth in range(4)
    )
    text = body(make_document(comments=rows, comment_count=3), comments=True)
    assert text.endswith(
        "Comments (3)\n------------\n\nR, February 23, 2018\n\nReply 0\n\n"
        "    February 23, 2018: This comment was removed.\n\n"
        "        R, February 23, 2018\n\n        Reply 2\n\n"
        "            R, February 23, 2018\n\n            Reply 3\n"
    )


def test_what_is_lost_is_told(make_document) -> None:
    made = PlainText().render(make_document("<p><s>a</s></p>"), RenditionOptions())
    assert made.warnings == ("Text that is struck through looks like the rest.",)


def test_deep_nesting_is_written(make_document) -> None:
    for tag in ("blockquote", "ul><li"):
        assert "core" in written(make_document(f"<{tag}>" * 10_000 + "core"))


def test_without_comments_there_is_no_heading_for_them(make_document) -> None:
    assert "Comments" not in written(make_document(comments=(), comment_count=0), comments=True)
