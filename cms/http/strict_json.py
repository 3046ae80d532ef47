"""Decoding JSON that strangers send (RFC 8259), with bounds on its size in memory.

orjson refuses invalid UTF-8, lone surrogates, NaN, numbers beyond a double and nesting beyond
1,024 by itself. What it lets through can still be some thirty times larger in memory than on the
wire (`[[],[],…`), and deeper than code that walks it recursively can bear: hence the two bounds.
"""

import re
from typing import Any

import orjson

from .rejections import Rejected

MAX_DEPTH = 64
MAX_VALUES = 50_000

# The quantifiers are possessive and the closing quote optional so that no input backtracks.
_STRINGS = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_NOT_BRACKETS = re.compile(rb"[^][{}]++")


def decode(text: bytes, name: str) -> Any:
    """Decode a JSON text; `name` says in errors which part of the request it is.

    Raises:
        Rejected: 400 when it is not JSON, is nested deeper than `MAX_DEPTH`, or holds more than
            `MAX_VALUES` values.
    """
    _check_bounds(text, name)
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Rejected(400, f"{name} is not valid JSON: {error}.") from None


def _check_bounds(text: bytes, name: str) -> None:
    if _values(text) > MAX_VALUES:
        # Commas and brackets within strings do not count, but looking for strings costs time.
        text = _STRINGS.sub(b"", text)
        if _values(text) > MAX_VALUES:
            raise Rejected(400, f"{name} holds more than {MAX_VALUES} values.")
    if _openings(text) > MAX_DEPTH and _depth(text) > MAX_DEPTH:
        raise Rejected(400, f"{name} is nested more than {MAX_DEPTH} levels deep.")


def _values(text: bytes) -> int:
    return text.count(b",") + _openings(text)


def _openings(text: bytes) -> int:
    return text.count(b"[") + text.count(b"{")


def _depth(text: bytes) -> int:
    depth = deepest = 0
    for bracket in _NOT_BRACKETS.sub(b"", _STRINGS.sub(b"", text)):
        depth += 1 if bracket in b"[{" else -1
        deepest = max(deepest, depth)
    return deepest
