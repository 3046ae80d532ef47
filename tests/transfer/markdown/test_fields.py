from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.transfer.errors import Unreadable
from pressroom.cms.transfer.markdown.fields import read_document, write_document

PATH = Path("posts/a.md")

texts = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
keys = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)


@given(st.dictionaries(keys, texts | st.lists(texts) | st.booleans()), texts)
def test_what_is_written_is_read_again(values: dict[str, Any], body: str) -> None:
    written = write_document(values, body)
    fields, read = read_document(written, PATH)
    readers = {str: fields.text, list: lambda key: list(fields.texts(key))}
    flag = lambda key: fields.flag(key, default=False)  # noqa: E731 - one of three alike
    assert {key: readers.get(type(value), flag)(key) for key, value in values.items()} == values
    assert read == body


@given(texts)
def test_front_matter_has_no_character_that_yaml_would_change(title: str) -> None:
    line = write_document({"title": title}, "").split("---\n")[1]
    refused = {"\x7f", "\x85", "\u2028", "\u2029", "\ufeff"} | {chr(code) for code in range(32)}
    assert not refused & set(line.removesuffix("\n"))


def test_windows_line_ends_are_taken_in_front_matter_and_kept_in_the_body() -> None:
    fields, body = read_document('---\r\ntitle: "A"\r\n---\r\n\r\none\r\ntwo\r\n', PATH)
    assert (fields.text("title"), body) == ("A", "one\r\ntwo")


@pytest.mark.parametrize(
    ("source", "line", "problem"),
    [
        ("title: a", 1, "does not begin with front matter"),
        ('---\ntitle: "A"\n', 1, "has no end"),
        ("---\ntitle: A\n---\n", 2, "title: not a JSON value"),
        ('---\ntitle: "A" # note\n---\n', 2, "title: not a JSON value"),
        ('---\n\n# note\ntitle "A"\n---\n', 4, "not a line of the form"),
        ('---\ntags:\n  - "a"\n---\n', 2, "not a line of the form"),
        ('---\ntitle: "A"\ntitle: "B"\n---\n', 3, "title: given twice"),
        ("---\ntitle: 1\n---\n", 2, "title: is not a string"),
        ("---\ntitle: null\n---\n", 2, "title: is not a string"),
        ("---\ntitle: " + "[" * 100_000 + "\n---\n", 2, "title: not a JSON value"),
        ("---\ntitle: " + "1" * 5_000 + "\n---\n", 2, "title: "),
        ('---\ntitle: "\\ud800"\n---\n', 2, "title: has a character"),
        ('---\ntitle: "\\u0000"\n---\n', 2, "title: has a character"),
        ("---\n---\n", 1, "title: required, and missing"),
    ],
)
def test_faults_name_file_line_and_key(source: str, line: int, problem: str) -> None:
    with pytest.raises(Unreadable) as refused:
        read_document(source, PATH)[0].text("title")
    assert (refused.value.path, refused.value.line) == (PATH, line)
    assert problem in refused.value.problem
