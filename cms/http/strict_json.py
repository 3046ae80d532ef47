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
MAX_VALUES = 20_000

_BEGINS = {b"[", b"{", b","}
_ENDS = {b"]", b"}"}

# Once escapes are gone. The closing quote is optional so that an open string is looked at once.
_STRING_OR_STRUCTURE = re.compile(rb'"[^"]*+"?|[][{},]')


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
    # Most texts do not hold enough punctuation, in strings or out, to need a closer look.
    openings = text.count(b"[") + text.count(b"{")
    if openings > MAX_DEPTH or openings + text.count(b",") > MAX_VALUES:
        _check_structure(text.replace(rb"\\", b"").replace(rb"\"", b""), name)


def _check_structure(text: bytes, name: str) -> None:
    depth = values = 0
    for match in _STRING_OR_STRUCTURE.finditer(text):
        mark = match[0]
        if mark in _ENDS:
            depth -= 1
        elif mark in _BEGINS:
            values += 1
            depth += mark != b","
        if depth > MAX_DEPTH:
            raise Rejected(400, f"{name} is nested more than {MAX_DEPTH} levels deep.")
        if values > MAX_VALUES:
            raise Rejected(400, f"{name} holds more than {MAX_VALUES} values.")
