"""A tree of bounded depth from any HTML."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from .elements import BLOCKS, IMPLIED_ENDS, VOID
from .tokens import EndTag, StartTag, tokenise

MAX_DEPTH: Final = 100
"""Elements nested deeper are taken out and their content put in the place of the deepest."""


@dataclass(slots=True)
class Element:
    """An element; `holds_blocks` tells whether a block stands anywhere in it."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)
    holds_blocks: bool = False

    @property
    def is_block(self) -> bool:
        """Whether the element breaks the line, by its nature or by its content."""
        return self.holds_blocks or self.name in BLOCKS

    @property
    def classes(self) -> list[str]:
        """The element's classes."""
        return self.attributes.get("class", "").split()

    @property
    def elements(self) -> list["Element"]:
        """The children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def walk(self) -> Iterator["Element"]:
        """Yield every element below this one, in document order."""
        waiting = self.elements[::-1]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(element.elements[::-1])


def parse_html(html: str) -> Element:
    """Answer the fragment's elements below a nameless root."""
    builder = _Builder()
    for token in tokenise(html):
        if isinstance(token, str):
            builder.add_text(token)
        elif isinstance(token, StartTag):
            builder.open(token)
        else:
            builder.close(token)
    return builder.finish()


class _Builder:
    def __init__(self) -> None:
        self.root = Element("")
        self._open = [self.root]
        self._open_names: Counter[str] = Counter()
        self._flattened: Counter[str] = Counter()
        self._text: list[str] = []

    def add_text(self, text: str) -> None:
        self._text.append(text)

    def finish(self) -> Element:
        self._flush_text()
        return self.root

    def open(self, tag: StartTag) -> None:
        """Append the element, ending those that cannot hold it."""
        self._flush_text()
        if tag.name in IMPLIED_ENDS:
            self._end_implied(*IMPLIED_ENDS[tag.name])
        element = Element(tag.name, tag.attributes)
        if tag.name in VOID:
            self._append(element)
        elif len(self._open) > MAX_DEPTH:
            self._flattened[tag.name] += 1
        else:
            self._append(element)
            self._open.append(element)
            self._open_names[tag.name] += 1

    def close(self, tag: EndTag) -> None:
        """End the element, if one of its name is open."""
        self._flush_text()
        if self._flattened[tag.name]:
            self._flattened[tag.name] -= 1
        elif self._open_names[tag.name] and not self._beyond_cell(tag.name):
            self._pop_until(tag.name)

    def _flush_text(self) -> None:
        """Append the text gathered since the last tag, as one string."""
        text = "".join(self._text)
        self._text.clear()
        parent = self._open[-1]
        if parent.name == "pre" and not parent.children:
            # A parser ignores a newline here, so that it would get lost at the second reading.
            text = text.lstrip("\n")
        if text and parent.children and isinstance(parent.children[-1], str):
            parent.children[-1] += text
        elif text:
            parent.children.append(text)

    def _append(self, element: Element) -> None:
        self._open[-1].children.append(element)
        if element.name in BLOCKS:
            for ancestor in reversed(self._open):
                if ancestor.holds_blocks:
                    break
                ancestor.holds_blocks = True

    def _end_implied(self, ended: frozenset[str], scope: frozenset[str]) -> None:
        outermost = ""
        for index in range(len(self._open) - 1, 0, -1):
            name = self._open[index].name
            if name in scope and name not in ended:
                break
            if name in ended:
                outermost, position = name, index
        if outermost:
            self._pop_to(position)

    def _beyond_cell(self, name: str) -> bool:
        """Whether a table cell stands between here and the element that would be closed."""
        for element in reversed(self._open):
            if element.name == name:
                return False
            if element.name in {"td", "th"}:
                return name not in {"table", "thead", "tbody", "tfoot", "tr"}
        return True

    def _pop_until(self, name: str) -> None:
        index = max(i for i, element in enumerate(self._open) if element.name == name)
        self._pop_to(index)

    def _pop_to(self, index: int) -> None:
        for element in self._open[index:]:
            self._open_names[element.name] -= 1
        del self._open[index:]
        self._flattened.clear()
