"""HTML within Markdown, for what Markdown cannot hold."""

from .serialise import serialise, start_tag
from .tree import Element

# The elements that begin an HTML block wherever they stand (CommonMark 0.31, section 4.6).
_BLOCK_STARTS = frozenset(
    {
        "article", "aside", "blockquote", "details", "div", "dl", "figure", "footer", "header",
        "ol", "p", "pre", "section", "table", "ul",
    }
)  # fmt: skip


def raw_block(element: Element) -> str:
    """Write the element as an HTML block: in one line, since an empty one would end it."""
    line = one_line(element)
    return line if element.name in _BLOCK_STARTS else f"<div>{line}</div>"


def one_line(element: Element) -> str:
    """Write the element without line breaks; those of verbatim text become references."""
    return serialise(element).replace("\n", "&#10;")


def start_tag_in_line(element: Element) -> str:
    """Write the opening tag without line breaks."""
    return start_tag(element).replace("\n", "&#10;")
