import contextlib
import json
import time
import tracemalloc
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.cms.http.rejections import Rejected
from pressroom.cms.http.strict_json import MAX_DEPTH, MAX_VALUES, decode

SIZE = 1_000_000
INTEGERS = st.integers(-(2**63), 2**64 - 1)
VALUES = st.recursive(
    st.none() | st.booleans() | INTEGERS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@settings(deadline=None)  # other work may hold the processor
@given(VALUES)
def test_what_json_says_is_decoded(value: Any) -> None:
    assert decode(json.dumps(value).encode(), "It") == value


def test_the_bounds_are_exact() -> None:
    decode(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, "It")
    decode(b"[" + b"1," * (MAX_VALUES - 1) + b"1]", "It")
    with pytest.raises(Rejected, match=f"more than {MAX_DEPTH} levels deep"):
        decode(b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), "It")
    with pytest.raises(Rejected, match=f"more than {MAX_VALUES} values"):
        decode(b"[" + b"1," * MAX_VALUES + b"1]", "It")


def test_many_small_lists_side_by_side_are_not_deep() -> None:
    assert decode(b"[" + b"[]," * 100 + b"[]]", "It") == [[]] * 101


@pytest.mark.parametrize("text", ["[,{", '\\"', "\\\\", '\\"[{,'])
def test_strings_may_hold_any_punctuation(text: str) -> None:
    value = [text * 100_000]
    assert decode(json.dumps(value).encode(), "It") == value


HOSTILE = {
    "a million items": b"[" + b"1," * 999_999 + b"1]",
    "lists": b"[" + b"[]," * (SIZE // 3) + b"1]",
    "objects": b"[" + b"{}," * (SIZE // 3) + b"1]",
    "keys": b"{" + b'"":1,' * (SIZE // 5) + b'"":1}',
    "strings": b"[" + b'"","\\u00e9",' * (SIZE // 12) + b"1]",
    "depth": b"[" * SIZE,
    "as much as is allowed": b"[" + b'{"a":"bc"},' * (MAX_VALUES // 2 - 1) + b"1]",
}


OPEN = {
    "open strings": b'["' + b'\\"' * (SIZE // 2),
    "open strings with commas": b'["' + b',\\"' * (SIZE // 3),
    "quotes": b'"' * SIZE,
}


@pytest.mark.parametrize("text", [*HOSTILE.values(), *OPEN.values()], ids=[*HOSTILE, *OPEN])
def test_hostile_texts_take_little_time(text: bytes) -> None:
    started = time.process_time()
    attempt(text)
    assert time.process_time() - started < 0.2


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_take_little_memory(text: bytes) -> None:
    # Not so the open ones: orjson sets aside twelve times a text's length before it reads it.
    tracemalloc.start()
    try:
        attempt(text)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def attempt(text: bytes) -> None:
    with contextlib.suppress(Rejected):
        decode(text, "It")
