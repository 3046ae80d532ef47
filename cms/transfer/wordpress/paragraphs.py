"""Paragraphs where WordPress had blank lines, and line breaks where it had newlines.

WordPress stores what was typed in its classic editor and makes paragraphs when it shows a post
(`wpautop`). This gives the same meaning from one walk over the tags, in linear time: a run of text
between block elements is cut at blank lines, and its single newlines become `<br>`.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from ...text.elements import BLOCKS, VOID


class Mode(Enum):
    """What becomes of the text directly in an element."""

    PARAGRAPHS = auto()
    LOOSE = auto()
    """Paragraphs where there is a blank line; else it stays bare, as in a list item."""
    LINES = auto()
    AS_IT_IS = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A tag, or the text between two of them; `name` is empty for text."""

    source: str
    name: str = ""
    closes: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """What stands between two blank lines; `is_shown` unless it is nothing but tags like `</a>`."""

    html: str
    is_shown: bool


_VERBATIM = frozenset({
    "pre", "script", "style", "textarea", "svg", "math", "iframe", "object", "video", "audio",
    "select",
})  # fmt: skip
_LINES = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "figcaption", "caption", "legend", "summary",
    "dt", "address",
})  # fmt: skip
_AS_IT_IS = frozenset({
    "table", "thead", "tbody", "tfoot", "tr", "colgroup", "ul", "ol", "menu", "dl", "figure",
    "hgroup",
})  # fmt: skip
_SHOWN = frozenset({
    "img", "picture", "audio", "video", "iframe", "object", "embed", "input", "button",
    "select", "svg",
})  # fmt: skip
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)(?=[\s/>])[^<>]*>")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n\s*")


def add_paragraphs(html: str) -> str:
    """Give `html` with the paragraphs and line breaks that its white space stands for."""
    walk = _Walk()
    for piece in _cut(html.replace("\r\n", "\n").replace("\r", "\n")):
        walk.take(piece)
    return walk.finish()


def _cut(html: str) -> Iterator[Piece]:
    position = 0
    unclosed: set[str] = set()
    while tag := _TAG.search(html, position):
        if tag.start() > position:
            yield Piece(html[position : tag.start()])
        name, closes, position = tag[2].lower(), bool(tag[1]), tag.end()
        if name in _VERBATIM and not closes and name not in unclosed:
            end = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(html, position)
            position = end.end() if end else position
            # Looked for once: an end that is not there must not be looked for at each tag.
            unclosed |= set() if end else {name}
        yield Piece(html[tag.start() : position], name, closes)
    if position < len(html):
        yield Piece(html[position:])


class _Walk:
    def __init__(self) -> None:
        self._out: list[str] = []
        self._run: list[Piece] = []
        self._open: list[str] = []
        self._counts: Counter[str] = Counter()

    def take(self, piece: Piece) -> None:
        if piece.name not in BLOCKS:
            self._run.append(piece)
        elif piece.closes:
            self._close(piece)
        else:
            self._begin(piece)

    def finish(self) -> str:
        self._flush()
        return "".join(self._out)

    def _begin(self, piece: Piece) -> None:
        self._flush()
        if self._open and self._open[-1] == "p":
            self._pop()
        self._out.append(piece.source)
        if piece.name not in VOID | _VERBATIM:
            self._open.append(piece.name)
            self._counts[piece.name] += 1

    def _close(self, piece: Piece) -> None:
        self._flush()
        if self._counts[piece.name]:
            while self._pop() != piece.name:
                pass
        self._out.append(piece.source)

    def _pop(self) -> str:
        name = self._open.pop()
        self._counts[name] -= 1
        return name

    def _flush(self) -> None:
        run, self._run = self._run, []
        parent = self._open[-1] if self._open else ""
        mode = _mode_of(parent)
        if mode is Mode.AS_IT_IS:
            self._out += [piece.source for piece in run]
            return
        parts = [part for part in map(_broken, _parted(run)) if part.html]
        if mode is Mode.LINES:
            between = "</p>\n<p>" if parent == "p" else "<br>\n"
            self._out.append(between.join(part.html for part in parts))
        elif mode is Mode.PARAGRAPHS or len(parts) > 1:
            self._out += [f"<p>{part.html}</p>\n" if part.is_shown else part.html for part in parts]
        else:
            self._out += [part.html for part in parts]


def _mode_of(name: str) -> Mode:
    if name in {"", "blockquote", "body"}:
        return Mode.PARAGRAPHS
    if name in _LINES:
        return Mode.LINES
    return Mode.AS_IT_IS if name in _AS_IT_IS else Mode.LOOSE


def _parted(run: list[Piece]) -> Iterator[list[Piece]]:
    part: list[Piece] = []
    for piece in run:
        first, *others = [piece.source] if piece.name else _BLANK_LINE.split(piece.source)
        part.append(Piece(first, piece.name, piece.closes))
        for text in others:
            yield part
            part = [Piece(text)]
    yield part


def _broken(part: list[Piece]) -> Part:
    """Join a part with its newlines as `<br>`, save those at its ends or after a `<br>`."""
    sources: list[str] = []
    after_break = True
    for index, piece in enumerate(part):
        source = piece.source
        if not piece.name:
            source = source.lstrip() if after_break else source
            source = source.rstrip() if index == len(part) - 1 else source
            source = _with_breaks(source)
        sources.append(source)
        after_break = piece.name == "br" or (after_break and not source)
    is_shown = any(
        piece.name in _SHOWN or (not piece.name and piece.source.strip()) for piece in part
    )
    return Part("".join(sources), is_shown)


def _with_breaks(text: str) -> str:
    first, *others = text.split("\n")
    if not others:
        return text
    *between, last = others
    lines = [first.rstrip(), *(line.strip() for line in between), last.lstrip()]
    return "<br>\n".join(lines)
