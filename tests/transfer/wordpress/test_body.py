import pytest

from pressroom.cms.transfer.wordpress.body import convert_body

PICTURE = '<img src="https://example.org/a.jpg" alt="A">'


def test_text_of_the_classic_editor_gets_paragraphs() -> None:
    assert convert_body("one\n\ntwo").html == "<p>one</p>\n<p>two</p>\n"


def test_blocks_lose_their_comments_and_keep_their_white_space() -> None:
    content = "<!-- wp:paragraph -->\n<p>one\n\ntwo</p>\n<!-- /wp:paragraph -->\n\nthree"
    assert convert_body(content).html == "<p>one\n\ntwo</p>\n\n\nthree"


def test_blocks_that_the_server_fills_are_named_once() -> None:
    block = '<!-- wp:latest-posts {"postsToShow":5} /-->'
    assert convert_body(f"{block}\n{block}<p>one</p>").lost == ("block latest-posts",)


@pytest.mark.parametrize("mark", ["<!--more-->", "<!--nextpage-->", "<!--more Read on-->"])
def test_what_cut_a_post_in_two_ends_a_paragraph(mark: str) -> None:
    assert convert_body(f"one{mark}two").html == "<p>one</p>\n<p>two</p>\n"


def test_a_caption_makes_a_figure() -> None:
    content = f'before\n[caption id="a" width="9"]{PICTURE} A <em>bell</em>[/caption]\nafter'
    figure = f"<figure>{PICTURE}<figcaption>A <em>bell</em></figcaption></figure>"
    assert convert_body(content).html == f"<p>before</p>\n{figure}<p>after</p>\n"


def test_a_caption_of_old_stands_in_an_attribute() -> None:
    content = f'[caption caption="A bell"]{PICTURE}[/caption]'
    assert "<figcaption>A bell</figcaption>" in convert_body(content).html


@pytest.mark.parametrize(
    "player",
    [
        "[embed]https://example.org/v[/embed]",
        '[video src="https://example.org/v"][/video]',
        "[audio https://example.org/v]",
    ],
)
def test_a_player_becomes_a_link(player: str) -> None:
    link = '<a href="https://example.org/v">https://example.org/v</a>'
    assert link in convert_body(player).html


def test_a_gallery_is_named_as_lost() -> None:
    body = convert_body('one\n\n[gallery ids="1,2"]')
    assert (body.html, body.lost) == ("<p>one</p>\n", ("[gallery]",))


@pytest.mark.parametrize("text", ["[[gallery]]", "[contact-form id=1]", "a [caption of a king"])
def test_other_brackets_stay(text: str) -> None:
    assert text in convert_body(text).html


@pytest.mark.parametrize("piece", ["[caption]", "[embed]", "<!--", "[audio ", "[["])
def test_hostile_brackets_take_time_in_proportion(piece: str) -> None:
    assert convert_body(piece * 100_000).html is not None
