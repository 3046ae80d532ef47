"""A line put together from opened and closed spans, its white space set as a browser would."""

import re
from collections.abc import Callable, Iterable
from itertools import dropwhile
from typing import TypeAlias

from ...document.inlines import Inline, Inlines, LineBreak, Text

Wrap: TypeAlias = Callable[[Inlines], Inline]
"""Makes the node that encloses others."""

_PIECES = re.compile(r"[ \t\n\r\f]+|[^ \t\n\r\f]+")


class Line:
    """Takes text, nodes and spans one after the other and gives the nodes they make.

    White space at both ends is dropped, each run of it becomes one space, and a space at the edge
    of a span is put outside it. A span without content leaves nothing behind.
    """

    def __init__(self, wraps: Iterable[Wrap] = ()) -> None:
        self._levels: list[list[Inline | str]] = [[]]
        self._open: list[Wrap] = []
        self._waiting: list[Wrap] = []
        self._space = False
        self._at_start = True
        for wrap in wraps:
            self.open(wrap)

    def open(self, wrap: Wrap) -> None:
        """Begin a span."""
        self._waiting.append(wrap)

    def close(self) -> None:
        """End the span begun last."""
        if self._waiting:
            self._waiting.pop()
        else:
            content = tuple(_join(self._levels.pop()))
            self._levels[-1].append(self._open.pop()(content))

    def text(self, text: str) -> None:
        """Add characters."""
        for piece in _PIECES.findall(text):
            if piece[0] in " \t\n\r\f":
                self._space = not self._at_start
            else:
                self._add(piece)

    def node(self, node: Inline) -> None:
        """Add a node that is whole."""
        if isinstance(node, LineBreak):
            self._space = False
        self._add(node)
        self._at_start = isinstance(node, LineBreak)

    def finish(self) -> Inlines:
        """End all spans and give what the line holds; breaks at its ends break nothing."""
        self._waiting.clear()
        while self._open:
            self.close()
        nodes = list(_join(self._levels[0]))
        while nodes and isinstance(nodes[-1], LineBreak):
            nodes.pop()
        return tuple(dropwhile(lambda node: isinstance(node, LineBreak), nodes))

    def _add(self, item: Inline | str) -> None:
        if self._space:
            self._levels[-1].append(" ")
            self._space = False
        for wrap in self._waiting:
            self._open.append(wrap)
            self._levels.append([])
        self._waiting.clear()
        self._levels[-1].append(item)
        self._at_start = False


def _join(items: Iterable[Inline | str]) -> Iterable[Inline]:
    text: list[str] = []
    for item in items:
        if isinstance(item, str):
            text.append(item)
            continue
        if text:
            yield Text("".join(text))
            text.clear()
        yield item
    if text:
        yield Text("".join(text))
