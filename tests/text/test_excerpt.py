from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.text.excerpt import cut_excerpt


@given(st.text(max_size=400), st.integers(min_value=2, max_value=60))
def test_an_excerpt_is_one_short_line(text, limit):
    excerpt = cut_excerpt(text, limit)

    assert len(excerpt) <= limit
    assert " ".join(excerpt.split()) == excerpt


def test_it_ends_with_a_sentence_or_a_word():
    assert cut_excerpt("One two three four. Five six seven.", 25) == "One two three four."
    assert cut_excerpt("One two three four five six", 16) == "One two three…"


def test_it_divides_neither_composed_characters_nor_flags():
    assert cut_excerpt("日本語の文章", 4) == "日本語…"
    assert cut_excerpt("a👩\u200d👩\u200d👧b", 4) == "a…"
    assert cut_excerpt("a🇩🇪🇫🇷b", 5) == "a🇩🇪…"
