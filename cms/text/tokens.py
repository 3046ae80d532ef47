"""HTML cut into tags and text, in one pass and in linear time.

The standard library's `html.parser` takes quadratic time over unclosed tags and comments before
its releases of 2025, and Python 3.11 is supported from its first release on. What ends nowhere is
dropped up to the end of the text, as the HTML standard (13.2.5) has it.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple

from .elements import DISCARDED

MAX_VALUE: Final = 10_000
"""Characters in an attribute's value; an attribute with more is left out."""


class StartTag(NamedTuple):
    """An opening tag; names in lower case, character references in values resolved."""

    name: str
    attributes: dict[str, str]


class EndTag(NamedTuple):
    """A closing tag."""

    name: str


Token = StartTag | EndTag | str

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)", re.ASCII)
_ATTRIBUTE = re.compile(
    r"[\s/]*+([^\s/>][^\s/>=]*+)"
    r"""(?:\s*+=\s*+("[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?)?""",
    re.ASCII,
)
_END_OF_TAG = re.compile(r"[\s/]*+>", re.ASCII)


def tokenise(html: str) -> Iterator[Token]:
    """Yield the tags and the text of `html`; comments and declarations are left out."""
    position = 0
    while (start := html.find("<", position)) >= 0:
        if start > position:
            yield unescape(html[position:start])
        token, position = _read_markup(html, start)
        if position < 0:
            return
        if token:
            yield token
    if position < len(html):
        yield unescape(html[position:])


def _read_markup(html: str, start: int) -> tuple[Token | None, int]:
    """Answer what stands at a `<`, if it counts, and where it ends; -1 if it does not end."""
    if tag := _TAG.match(html, start):
        return _read_tag(html, tag)
    if html.startswith(("<!", "<?", "</"), start):
        return None, _skip_declaration(html, start)
    return "<", start + 1


def _read_tag(html: str, tag: re.Match[str]) -> tuple[Token | None, int]:
    attributes, position = _read_attributes(html, tag.end())
    name = tag[2].lower()
    if tag[1]:
        return EndTag(name), position
    if name in DISCARDED and position >= 0:
        return None, _find_end_tag(html, name, position)
    return StartTag(name, attributes), position


def _read_attributes(html: str, position: int) -> tuple[dict[str, str], int]:
    """Answer the attributes and where the tag ends; -1 if it does not."""
    attributes: dict[str, str] = {}
    while not (end := _END_OF_TAG.match(html, position)):
        attribute = _ATTRIBUTE.match(html, position)
        if attribute is None:
            return attributes, -1
        value = attribute[2] or ""
        if value[:1] in {'"', "'"}:
            value = value[1:].removesuffix(value[0])
        if len(value) <= MAX_VALUE:
            attributes.setdefault(attribute[1].lower(), unescape(value))
        position = attribute.end()
    return attributes, end.end()


def _find_end_tag(html: str, name: str, position: int) -> int:
    end = re.compile(rf"</{re.escape(name)}(?=[\s/>])", re.ASCII | re.IGNORECASE)
    match = end.search(html, position)
    return match.start() if match else -1


def _skip_declaration(html: str, start: int) -> int:
    closing = "-->" if html.startswith("<!--", start) else ">"
    end = html.find(closing, start + 2)
    return end + len(closing) if end >= 0 else -1
