"""Reads what stands within a line."""

from collections.abc import Callable, Collection, Mapping
from functools import partial

from ....text.tree import Element
from ...document.inlines import (
    Code,
    Emphasis,
    FootnoteMark,
    Image,
    LineBreak,
    Link,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
)
from ...document.shortfalls import Shortfalls
from .addresses import image_address, link_address
from .line import Line, Wrap
from .markup import locale_of, natural

_WRAPS: Mapping[str, Wrap] = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), Emphasis),
    **dict.fromkeys(("strong", "b"), Strong),
    **dict.fromkeys(("del", "s", "strike"), Strikethrough),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), Code),
    "sub": Subscript,
    "sup": Superscript,
}
_AROUND = {"q": ("“", "”"), "rt": ("(", ")")}
_NOT_PRINTED = frozenset({"input", "rp", "wbr"})
_LOSSES = {
    "u": "Underlining is left out.",
    "ins": "The marking of inserted text is left out.",
    "mark": "Highlighting is left out.",
    "small": "Small print is set like the rest.",
    "ruby": "Ruby is set in parentheses after what it explains.",
}


class Phrasing:
    """Adds elements to lines; `numbers` are those of the footnotes, by id."""

    def __init__(
        self,
        base: str,
        numbers: Mapping[str, int],
        anchors: Collection[str],
        shortfalls: Shortfalls,
    ) -> None:
        self._base = base
        self._numbers = numbers
        self._anchors = anchors
        self._shortfalls = shortfalls
        self._readers: Mapping[str, Callable[[Element, Line], None]] = {
            "br": lambda _element, line: line.node(LineBreak()),
            "img": self._image,
        }

    def read(self, element: Element, line: Line) -> None:
        """Add the element and what is in it."""
        self.note_losses(element)
        if element.name in self._readers:
            self._readers[element.name](element, line)
        elif number := self._footnote_number(element):
            line.node(FootnoteMark(number))
        elif element.name not in _NOT_PRINTED and "footnote-backref" not in element.classes:
            self._enclosed(element, line)

    def wrap_of(self, element: Element) -> Wrap | None:
        """The node that encloses the element's content, if there is one."""
        return self._link(element) if element.name == "a" else _WRAPS.get(element.name)

    def note_losses(self, element: Element) -> None:
        """Tell what of the element itself the tree does not hold."""
        if element.name in _LOSSES:
            self._shortfalls.note(_LOSSES[element.name])
        if element.attributes.get("title"):
            self._shortfalls.note("Words that only appear under the pointer are left out.")

    def _enclosed(self, element: Element, line: Line) -> None:
        before, after = _AROUND.get(element.name, ("", ""))
        language, direction = locale_of(element)
        is_foreign = language is not None or direction is not None
        span = partial(Span, language=language, direction=direction) if is_foreign else None
        opened = [wrap for wrap in (span, self.wrap_of(element)) if wrap]
        for wrap in opened:
            line.open(wrap)
        line.text(before)
        for child in element.children:
            if isinstance(child, str):
                line.text(child)
            else:
                self.read(child, line)
        line.text(after)
        for _ in opened:
            line.close()

    def _link(self, element: Element) -> Wrap | None:
        reference = element.attributes.get("href", "").strip()
        if not reference:
            return None
        if reference[1:] in self._anchors and reference.startswith("#"):
            return partial(Link, address=reference)
        address = link_address(reference, self._base)
        if address is None:
            self._shortfalls.note("A link that leads nowhere a reader could go is set as text.")
            return None
        return partial(Link, address=address)

    def _footnote_number(self, element: Element) -> int | None:
        if element.name != "sup" or "footnote-ref" not in element.classes:
            return None
        references = (child.attributes.get("href", "") for child in element.elements)
        return next((self._numbers.get(reference[1:]) for reference in references), None)

    def _image(self, element: Element, line: Line) -> None:
        source = element.attributes.get("src", "")
        address = image_address(source, self._base) if source.strip() else None
        description = " ".join(element.attributes.get("alt", "").split())
        if address is None:
            self._shortfalls.note(
                "An image that is not had by HTTP is replaced by its description."
            )
            line.text(description)
            return
        if not description:
            self._shortfalls.note(f"An image has no description: {address[:200]}")
        size = natural(element, "width"), natural(element, "height")
        line.node(Image(address, description, *size))
