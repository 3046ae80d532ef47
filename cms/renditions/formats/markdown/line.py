"""Writes what stands within a line as Markdown (CommonMark 0.31, and its usual extensions)."""

import re

from ...document.flatten import plain
from ...document.inlines import (
    Code,
    Emphasis,
    FootnoteMark,
    Image,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)

_SPECIAL = re.compile(
    r"[\\`*\[\]~|]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=#?\w+;)|!(?=\[|$)"
)
_LINE_START = re.compile(r"(?m)^(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|-+\s*$|=+\s*$)")
_NUMBER_START = re.compile(r"(?m)^(\d{1,9})([.)])(?=\s|$)")
_RUNS = re.compile("`+")
_IN_ADDRESS = str.maketrans({" ": "%20", "<": "%3C", ">": "%3E", "(": r"\(", ")": r"\)"})


def paragraph_markdown(nodes: Inlines, base: str) -> str:
    """Write lines that stand by themselves; `base` is where links to headings lead."""
    text = line_markdown(nodes, base)
    return _NUMBER_START.sub(r"\1\\\2", _LINE_START.sub(r"\\\1", text))


def line_markdown(nodes: Inlines, base: str, line_break: str = "\\\n", mark: str = "*") -> str:
    """Write nodes within a line; `line_break` is what a break is written as."""
    return "".join(_inline(node, base, line_break, mark) for node in nodes)


def _inline(node: Inline, base: str, line_break: str, mark: str) -> str:  # noqa: C901, PLR0911 - a case for each kind
    def inner(children: Inlines, mark: str = mark) -> str:
        return line_markdown(children, base, line_break, mark)

    match node:
        case Text(text):
            return _escaped(text)
        case Emphasis(children):
            # The same mark twice would be another kind of emphasis.
            return f"{mark}{inner(children, '_' if mark == '*' else '*')}{mark}"
        case Strong(children):
            return f"**{inner(children)}**"
        case Strikethrough(children):
            return f"~~{inner(children)}~~"
        case Subscript(children):
            return f"<sub>{inner(children)}</sub>"
        case Superscript(children):
            return f"<sup>{inner(children)}</sup>"
        case Code(children):
            return "".join(
                _code(child.text) if isinstance(child, Text) else inner((child,))
                for child in children
            )
        case Link(children, address):
            return _link(
                inner(children), plain(children), base + address if node.is_internal else address
            )
        case Image(address, description):
            return f"![{_escaped(description)}]({_address(address)})"
        case LineBreak():
            return line_break
        case Span(children):
            return inner(children)
        case FootnoteMark(number):
            return f"[^{number}]"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def _link(content: str, text: str, address: str) -> str:
    if text == address:
        return f"<{address}>"
    return f"[{content}]({_address(address)})"


def _address(address: str) -> str:
    return address.translate(_IN_ADDRESS)


def _code(text: str) -> str:
    fence = "`" * (longest_run(text) + 1)
    padding = " " if text[:1] in "` " or text[-1:] in "` " else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def longest_run(text: str) -> int:
    """Count the backticks of the longest run."""
    return max(map(len, _RUNS.findall(text)), default=0)
