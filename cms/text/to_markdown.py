"""Sanitised HTML written as Markdown.

What Markdown cannot hold (figures, merged cells, languages, …) stays as HTML within it. Rendered
again, the result has the same plain text.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from .elements import HEADINGS
from .escape_markdown import longest_run
from .footnote_markdown import Footnotes, find_footnotes
from .inline_markdown import InlineWriter
from .plain import list_start, partition
from .raw_html import raw_block
from .table_markdown import table_lines
from .tree import Element, parse_html

_MAX_DEPTH: Final = 20
"""Lists and quotations within each other; the parser has a bound too, and indentation a price."""

_TRANSPARENT: Final = frozenset(
    {
        "article", "aside", "div", "footer", "header", "main", "section", "hgroup",
    }
)  # fmt: skip
_LIST: Final = re.compile(r"(?:-|[0-9]+\.)(?:\s|$)")
# Sanitised away; it keeps lists apart, and empty items from reading as a thematic break.
_NOTHING: Final = "<!-- -->"


def html_to_markdown(html: str) -> str:
    """Convert sanitised `html`."""
    root = parse_html(html)
    footnotes = find_footnotes(root)
    writer = _BlockWriter(InlineWriter(footnotes.labels), footnotes)
    blocks = "\n\n".join(writer.blocks(root.children, 0))
    return f"{blocks}\n" if blocks else ""


class _BlockWriter:
    def __init__(self, inline: InlineWriter, footnotes: Footnotes) -> None:
        self._inline = inline
        self._footnotes = footnotes

    def blocks(self, children: Sequence[Element | str], depth: int) -> list[str]:
        written: list[str] = []
        for part in partition(children):
            if isinstance(part, list):
                blocks = [self._inline.paragraph(part)]
            else:
                blocks = self._block(part, depth)
            blocks = [block for block in blocks if block]
            if blocks and written and _LIST.match(written[-1]) and _LIST.match(blocks[0]):
                written.append(_NOTHING)
            written.extend(blocks)
        return written

    def _block(self, element: Element, depth: int) -> list[str]:
        if self._footnotes.holds(element):
            return self._definitions(element, depth)
        if {"lang", "dir"} & element.attributes.keys() or depth > _MAX_DEPTH:
            return [raw_block(element)]
        if element.name in _TRANSPARENT:
            return self.blocks(element.children, depth + 1)
        if element.name == "blockquote":
            return self._quotation(element, depth)
        if element.name in {"ul", "ol"} and _is_plain_list(element):
            return [self._list(element, depth)]
        return [self._leaf(element)]

    def _leaf(self, element: Element) -> str:
        """Write a block that holds no others."""
        if element.name in HEADINGS and not element.holds_blocks:
            return self._heading(element)
        match element.name:
            case "p":
                return self._inline.paragraph(element.children)
            case "hr":
                return "" if "footnotes-sep" in element.classes else "***"
            case "pre" if _is_plain_code(element):
                return _fence(element)
            case "table":
                return "\n".join(table_lines(element, self._inline) or [raw_block(element)])
            case _:
                return raw_block(element)

    def _heading(self, element: Element) -> str:
        text = self._inline.line(element.children)
        if text.endswith("#"):
            text = f"{text[:-1]}\\#"
        return f"{'#' * int(element.name[1])} {text}" if text else ""

    def _quotation(self, element: Element, depth: int) -> list[str]:
        content = "\n\n".join(self.blocks(element.children, depth + 1))
        return [_indent(content, "> ", "> ").replace("> \n", ">\n")] if content else []

    def _list(self, element: Element, depth: int) -> str:
        items = []
        for number, item in enumerate(element.elements, list_start(element)):
            marker = f"{number}. " if element.name == "ol" else "- "
            items.append(_indent(self._item(item, depth), marker, " " * len(marker)).rstrip())
        loose = any(child.name == "p" for item in element.elements for child in item.elements)
        return ("\n\n" if loose else "\n").join(items)

    def _item(self, item: Element, depth: int) -> str:
        box = _take_checkbox(item)
        blocks = self.blocks(item.children, depth + 1)
        content = blocks[0] if blocks else _NOTHING
        for previous, block in pairwise(blocks):
            content += ("\n" if _may_interrupt(previous, block) else "\n\n") + block
        return box + content

    def _definitions(self, section: Element, depth: int) -> list[str]:
        definitions = []
        for label, note in self._footnotes.notes(section):
            content = "\n\n".join(self.blocks(note.children, depth + 1))
            definitions.append(_indent(content, f"[^{label}]: ", "    "))
        return definitions


def _is_plain_list(element: Element) -> bool:
    if {"reversed", "type"} & element.attributes.keys():
        return False
    if any(isinstance(child, str) and child.strip() for child in element.children):
        return False
    if list_start(element) + len(element.children) > 999_999_999:  # noqa: PLR2004 (CommonMark's limit)
        return False
    foreign = {"lang", "dir", "value"}
    return all(
        item.name == "li" and not foreign & item.attributes.keys() for item in element.elements
    )


def _is_plain_code(element: Element) -> bool:
    children = element.children
    if len(children) == 1 and isinstance(children[0], Element) and children[0].name == "code":
        children = children[0].children
    return all(isinstance(child, str) for child in children)


def _fence(element: Element) -> str:
    code = next(iter(element.elements), element)
    language = next((name for name in code.classes if name.startswith("language-")), "")
    text = "".join(map(str, code.children))
    fence = "`" * max(3, longest_run(text) + 1)
    return f"{fence}{language.removeprefix('language-')}\n{text.removesuffix(chr(10))}\n{fence}"


def _take_checkbox(item: Element) -> str:
    """Take a task's checkbox out and answer its mark."""
    holder: Element | None = item
    while holder and holder.children:
        first = holder.children[0]
        if isinstance(first, str) and not first.strip():
            holder.children.pop(0)
        elif isinstance(first, Element) and first.name == "input":
            holder.children.pop(0)
            return "[x] " if "checked" in first.attributes else "[ ] "
        else:
            holder = first if isinstance(first, Element) and first.name == "p" else None
    return ""


def _may_interrupt(paragraph: str, block: str) -> bool:
    """Whether a list within a list may follow its item's text in the next line."""
    if paragraph[:1] in "<`|>" or "\n" in paragraph:
        return False
    return bool(re.match(r"(?:- |1\. )[^\s]", block))


def _indent(text: str, first: str, rest: str) -> str:
    lines = text.split("\n")
    return "\n".join(
        [first + lines[0], *(rest + line if line else rest.rstrip() for line in lines[1:])]
    )
