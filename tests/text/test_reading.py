from pressroom.cms.text.reading import count_words, reading_minutes


def test_words_are_counted_in_scripts_with_and_without_spaces():
    assert count_words("Don't stop — well-known, 3 times") == 5
    assert count_words("日本語 text") == 4
    assert count_words(" — … ") == 0


def test_minutes_are_rounded_up():
    assert reading_minutes("") == 0
    assert reading_minutes("word") == 1
    assert reading_minutes("word " * 231) == 2
