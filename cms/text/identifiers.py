"""Ids given by a body's author, kept apart from those of the page that shows it."""

import re
from typing import Final

from .tree import Element

PREFIX: Final = "content-"
_SAFE = re.compile(r"[\w.:-]{1,100}")


def isolate_identifiers(root: Element) -> None:
    """Prefix ids, drop unsafe and repeated ones, and let links within the text follow.

    The prefix keeps content from standing in for an element or a global variable of the page
    (DOM clobbering). An id that bears it already is left as it is.
    """
    renamed: dict[str, str] = {}
    taken: set[str] = set()
    for element in root.walk():
        identifier = _given_identifier(element)
        isolated = PREFIX + identifier.removeprefix(PREFIX)
        if _SAFE.fullmatch(identifier) and isolated not in taken:
            taken.add(isolated)
            renamed[identifier] = element.attributes["id"] = isolated
    retarget_links(root, renamed)


def retarget_links(root: Element, renamed: dict[str, str]) -> None:
    """Point the links to a renamed id of the same text to its new name."""
    for element in root.walk():
        href = element.attributes.get("href", "")
        if href.startswith("#") and href[1:] in renamed:
            element.attributes["href"] = "#" + renamed[href[1:]]


def _given_identifier(element: Element) -> str:
    """Take the id out; an anchor of old bears it as its name."""
    identifier = element.attributes.pop("id", "")
    if not identifier and element.name == "a":
        return element.attributes.pop("name", "")
    return identifier
