"""A tree written as HTML that every parser reads the same way."""

from html import escape

from .elements import VOID
from .tree import Element


def serialise(node: Element | str) -> str:
    """Write the node; of a nameless root, its children."""
    if isinstance(node, str):
        return escape(node, quote=False)
    content = "".join(map(serialise, node.children))
    if not node.name:
        return content
    return f"{start_tag(node)}{content}" + ("" if node.name in VOID else f"</{node.name}>")


def start_tag(element: Element) -> str:
    """Write the element's opening tag, each attribute in double quotes."""
    attributes = "".join(
        f' {name}="{escape(value).replace("&#x27;", chr(39))}"'
        for name, value in element.attributes.items()
    )
    return f"<{element.name}{attributes}>"
