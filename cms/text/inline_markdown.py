"""Runs of text, emphasis, links, images and code as Markdown."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from .elements import VOID
from .escape_markdown import code_span, destination, escape_line_starts, escape_text
from .raw_html import one_line, start_tag_in_line
from .tree import Element

Node = Element | str

_MARKERS: Final[dict[str, tuple[str, ...]]] = {
    "em": ("*", "_"),
    "i": ("*", "_"),
    "strong": ("**", "__"),
    "b": ("**", "__"),
    "del": ("~~",),
    "s": ("~~",),
}
_MARKS: Final = frozenset("*_~")
_LOOK_AHEAD: Final = 3
_EMPHASIS: Final = "\\"  # Stands for emphasis that follows: how it will begin is not known yet.
_FOREIGN: Final = frozenset({"lang", "dir"})


@dataclass(frozen=True, slots=True)
class InlineWriter:
    """Writes runs; `footnotes` maps the ids of notes to their labels."""

    footnotes: Mapping[str, str] = field(default_factory=dict)

    def paragraph(self, nodes: Sequence[Node]) -> str:
        """Write the nodes as one paragraph, which may hold hard line breaks."""
        lines = self._run(nodes, "", "").split("\n")
        text = "\n".join(line.strip(" ") for line in lines).strip("\n ")
        return escape_line_starts(text.replace("\n", "\\\n"))

    def line(self, nodes: Sequence[Node]) -> str:
        """Write the nodes where a line break would end the block: in a heading or a cell."""
        return self._run(nodes, "", "").strip("\n ").replace("\n", "<br>")

    def _run(self, nodes: Sequence[Node], before: str, after: str) -> str:
        """Write the nodes; white space at either end does not count, as it may move outwards."""
        pieces: list[str] = []
        preceding = before
        for index, node in enumerate(nodes):
            piece = self._node(node, preceding, _first_character(nodes, index + 1, after))
            pieces.append(piece)
            if piece.strip("\n ") or (piece and preceding is not before):
                preceding = piece[-1]
        return "".join(pieces)

    def _node(self, node: Node, before: str, after: str) -> str:
        if isinstance(node, str):
            return escape_text(node)
        if node.name == "br":
            return "\n"
        if node.name in _MARKERS and not node.attributes.keys() - {"class"}:
            return self._emphasis(node, before, after)
        if _is_transparent(node):
            return self._run(node.children, before, after)
        return self._element(node, before)

    def _element(self, node: Element, before: str) -> str:
        name = "" if _FOREIGN & node.attributes.keys() else node.name
        match name:
            case "code" if not node.elements and before != "`":
                return code_span("".join(map(str, node.children)))
            case "a":
                return self._link(node)
            case "img" if not {"width", "height"} & node.attributes.keys():
                return _image(node)
            case "sup" if "footnote-ref" in node.classes:
                return self._reference(node)
        return self._tagged(node)

    def _emphasis(self, node: Element, before: str, after: str) -> str:
        """Write the content once, whatever marks it: trying twice would be exponential."""
        markers = _MARKERS[node.name]
        marker = markers[-1] if markers[0][0] in {before, after} else markers[0]
        inner = self._run(node.children, marker[0], marker[0])
        content = inner.strip("\n ")
        if not content:
            return inner
        lead, tail = inner.split(content, 1) if content != inner else ("", "")
        outer = before if before in _MARKS else lead[-1:] or before
        outer_end = after if after in _MARKS else tail[:1] or after
        if _may_emphasise(marker, outer, content, outer_end):
            return f"{lead}{marker}{content}{marker}{tail}"
        return f"{start_tag_in_line(node)}{inner}</{node.name}>"

    def _link(self, node: Element) -> str:
        if "footnote-backref" in node.classes:
            return ""
        text = self._run(node.children, "[", "]")
        return f"[{text}]{destination(node.attributes['href'], node.attributes.get('title', ''))}"

    def _reference(self, node: Element) -> str:
        for link in node.walk():
            label = self.footnotes.get(link.attributes.get("href", "").removeprefix("#"))
            if label:
                return f"[^{label}]"
        return one_line(node)

    def _tagged(self, node: Element) -> str:
        """Write the element's tags as they are, with Markdown between them."""
        if node.name in VOID:
            return start_tag_in_line(node)
        return f"{start_tag_in_line(node)}{self._run(node.children, '>', '<')}</{node.name}>"


def _is_transparent(node: Element) -> bool:
    if _FOREIGN & node.attributes.keys():
        return False
    return node.name == "span" or (node.name == "a" and "href" not in node.attributes)


def _image(node: Element) -> str:
    address = destination(node.attributes.get("src", ""), node.attributes.get("title", ""))
    return f"![{escape_text(node.attributes.get('alt', ''))}]{address}"


def _first_character(nodes: Sequence[Node], index: int, after: str) -> str:
    """Answer what comes next as far as emphasis must know: a letter stands for the unknown."""
    if all(_is_blank(node) for node in islice(nodes, index, index + _LOOK_AHEAD)):
        return after if index + _LOOK_AHEAD >= len(nodes) else "x"
    first = nodes[index]
    if isinstance(first, str):
        return first[:1]
    if first.name == "br":
        return "\n"
    return _EMPHASIS if first.name in _MARKERS else "x"


def _is_blank(node: Node) -> bool:
    return not node.strip("\n ") if isinstance(node, str) else node.name == "br"


def _may_emphasise(marker: str, before: str, content: str, after: str) -> bool:
    """Whether the markers open and close here (CommonMark 0.31, section 6.2), and no others."""
    if after == _EMPHASIS or marker[0] in {content[0], content[-1], before, after}:
        return False
    if marker[0] == "_" and not (_is_edge(before) and _is_edge(after)):
        return False
    # Between two marks of punctuation a marker might both open and close: then it must not.
    opens = not _is_edge(content[0]) or not before.strip()
    closes = not _is_edge(content[-1]) or not after.strip() or after in ".,:;?)"
    return opens and closes and not content[0].isspace() and not content[-1].isspace()


def _is_edge(character: str) -> bool:
    """Whether the character is white space, punctuation, or the end of the text."""
    if not character or character.isspace():
        return True
    return unicodedata.category(character)[0] in "PS"
