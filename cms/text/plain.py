"""Plain text that reads well, from a tree."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from .elements import HEADINGS
from .tree import Element

_MAX_INDENTED: Final = 10
_SPACE = re.compile(r"[ \t\n\f\r\u00a0]+")
_SPACE_KEEPING_BREAKS = re.compile(r"[ \t\f\r\u00a0]+")
_AROUND_BREAK = re.compile(r" *\n *")
_INVISIBLE: Final = str.maketrans("", "", "\u00ad\u200b\u2060\ufeff")

_NOT_PROSE: Final = HEADINGS | {"dl", "figure", "ol", "pre", "table", "ul"}

Node = Element | str


def text_of(root: Element) -> str:
    """Write paragraphs apart by an empty line, lists with their marks, tables a row a line."""
    return "\n\n".join(_blocks(root.children, 0)).translate(_INVISIBLE).strip()


def line_of(element: Element) -> str:
    """Write the element's words in one line, without references to footnotes."""
    return " ".join(_inline(_without_references(element.children)).translate(_INVISIBLE).split())


def opening_of(root: Element) -> str:
    """Write the text as `text_of` does, but only its prose: no headings, lists, tables, notes."""
    prose = [node for node in root.children if not _is_apparatus(node)]
    return "\n\n".join(_blocks(_without_references(prose), 0)).translate(_INVISIBLE).strip()


def partition(children: Sequence[Node]) -> Iterator[Element | list[Node]]:
    """Yield blocks, and what stands between them as runs."""
    run: list[Node] = []
    for child in children:
        if isinstance(child, Element) and child.is_block:
            if run:
                yield run
            run = []
            yield child
        else:
            run.append(child)
    if run:
        yield run


def _blocks(children: Sequence[Node], depth: int) -> list[str]:
    blocks: list[str] = []
    for part in partition(children):
        if isinstance(part, Element):
            blocks.extend(_block(part, depth))
        else:
            blocks.append(_inline(part))
    return [block for block in blocks if block.strip()]


def _block(element: Element, depth: int) -> list[str]:
    match element.name:
        case "ul" | "ol" | "menu":
            return ["\n".join(_items(element, depth))]
        case "table":
            return ["\n".join(_rows(element))]
        case "dl":
            return ["\n".join(_blocks(element.children, depth))]
        case "pre":
            return [_verbatim(element).strip("\n")]
        case _:
            return _blocks(element.children, depth)


def _items(element: Element, depth: int) -> Iterator[str]:
    number = list_start(element)
    for part in partition(element.children):
        if isinstance(part, list) or part.name != "li":
            yield from _blocks(part if isinstance(part, list) else [part], depth + 1)
            continue
        mark = f"{number}. " if element.name == "ol" else "- "
        number += 1
        content = "\n".join(_blocks(part.children, depth + 1))
        indent = "  " if depth < _MAX_INDENTED else ""
        yield mark + content.replace("\n", "\n" + indent)


def list_start(element: Element) -> int:
    """Answer the number of an ordered list's first item."""
    start = element.attributes.get("start", "")
    return int(start) if re.fullmatch(r"[0-9]{1,9}", start) else 1


def _rows(table: Element) -> Iterator[str]:
    for part in partition(table.children):
        if isinstance(part, list):
            yield from filter(str.strip, [_inline(part)])
        elif part.name in {"thead", "tbody", "tfoot"}:
            yield from _rows(part)
        elif part.name == "tr":
            cells = (" ".join(_blocks(cell.children, 0)) for cell in part.elements)
            yield " | ".join(" ".join(cell.split()) for cell in cells)
        else:
            yield from _blocks([part], 0)


def _inline(nodes: Sequence[Node]) -> str:
    text = _SPACE_KEEPING_BREAKS.sub(" ", "".join(map(_inline_piece, nodes)))
    return _AROUND_BREAK.sub("\n", text).strip()


def _inline_piece(node: Node) -> str:
    if isinstance(node, str):
        return _SPACE.sub(" ", node)
    match node.name:
        case "br":
            return "\n"
        case "img":
            return _SPACE.sub(" ", node.attributes.get("alt", ""))
        case "input":
            return "[x] " if "checked" in node.attributes else "[ ] "
        case "a" if "footnote-backref" in node.classes:
            return ""
        case _:
            return "".join(map(_inline_piece, node.children))


def _verbatim(node: Node) -> str:
    if isinstance(node, str):
        return node
    return "\n" if node.name == "br" else "".join(map(_verbatim, node.children))


def _without_references(children: Sequence[Node]) -> list[Node]:
    return [
        node if isinstance(node, str) else _copy(node)
        for node in children
        if not _is_reference(node)
    ]


def _copy(element: Element) -> Element:
    children = _without_references(element.children)
    return Element(element.name, element.attributes, children, element.holds_blocks)


def _is_reference(node: Node) -> bool:
    return isinstance(node, Element) and "footnote-ref" in node.classes


def _is_apparatus(node: Node) -> bool:
    if isinstance(node, str):
        return False
    return node.name in _NOT_PROSE or "footnotes" in node.classes
