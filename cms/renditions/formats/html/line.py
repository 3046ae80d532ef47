"""Writes what stands within a line."""

from collections import Counter
from html import escape

from ...document.document import Document
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
from ..links import Links, is_spelled_out
from ..options import PrintLinks
from .attributes import locale
from .references import reference
from .words import HtmlWords


class LineWriter:
    """Writes lines; keeps count of their links and of the marks that refer to footnotes.

    The ids that it gives hold a full stop, which those of a post's headings never do.
    """

    void_end = ">"
    """What ends the tag of an element that has no content."""
    note_mark_kind = ""
    """The attributes that tell the mark of a footnote from other links."""

    def __init__(self, document: Document, choice: PrintLinks) -> None:
        self.words = HtmlWords(document.language)
        self.choice = choice
        self.links = Links()
        self.marks: Counter[int] = Counter()

    def line(self, nodes: Inlines) -> str:
        """Write what stands within a line."""
        return "".join(map(self._inline, nodes))

    def image(self, image: Image) -> str:
        """Write an image, which whoever shows the page fetches."""
        width = f' width="{image.width}"' if image.width else ""
        height = f' height="{image.height}"' if image.height else ""
        alt = f'alt="{escape(image.description)}"'
        return f'<img src="{escape(image.address)}" {alt}{width}{height}{self.void_end}'

    def anchor(self, address: str, html: str, attributes: str = "") -> str:
        """Write a link, or its text alone where nothing can be reached by the address."""
        target = address if address.startswith("#") else reference(address)
        return html if target is None else f'<a href="{escape(target)}"{attributes}>{html}</a>'

    def _inline(self, node: Inline) -> str:  # noqa: C901, PLR0911 - a case for each kind
        match node:
            case Text(text):
                return escape(text, quote=False)
            case Emphasis(children):
                return f"<em>{self.line(children)}</em>"
            case Strong(children):
                return f"<strong>{self.line(children)}</strong>"
            case Strikethrough(children):
                return f"<s>{self.line(children)}</s>"
            case Subscript(children):
                return f"<sub>{self.line(children)}</sub>"
            case Superscript(children):
                return f"<sup>{self.line(children)}</sup>"
            case Code(children):
                return f'<code dir="ltr">{self.line(children)}</code>'
            case Link():
                return self._link(node)
            case Image():
                return self.image(node)
            case LineBreak():
                return f"<br{self.void_end}\n"
            case Span(children, language, direction):
                return f"<span{locale(language, direction)}>{self.line(children)}</span>"
            case FootnoteMark(number):
                return self._footnote_mark(number)

    def _link(self, link: Link) -> str:
        html = self.anchor(link.address, self.line(link.children))
        said = is_spelled_out(plain(link.children), link.address)
        if link.is_internal or said or self.choice is PrintLinks.NONE:
            return html
        return html + self._link_mark(link.address)

    def _link_mark(self, address: str) -> str:
        known = len(self.links)
        number = self.links.number(address)
        identifier = f' id="link.mark.{number}"' if number > known else ""
        label = escape(self.words.wording.link.format(number=number))
        mark = f'href="#link.{number}" aria-label="{label}"'
        return f"<sup><a{identifier} {mark}>[{number}]</a></sup>"

    def _footnote_mark(self, number: int) -> str:
        self.marks[number] += 1
        mark = f'id="note.mark.{number}.{self.marks[number]}" href="#note.{number}"'
        label = escape(self.words.wording.note.format(number=number))
        return f'<sup><a {mark} aria-label="{label}"{self.note_mark_kind}>{number}</a></sup>'
