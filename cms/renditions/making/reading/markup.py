"""What the elements of sanitised HTML say of themselves."""

from collections.abc import Iterator

from ....text.elements import HEADINGS
from ....text.tree import Element
from ...document.blocks import Alignment
from ...document.direction import Direction
from ...document.languages import is_well_formed

_MOST_DIGITS = 9


def depth_of(root: Element) -> int:
    """How deep the elements are nested."""
    depth, level = 0, root.elements
    while level:
        depth += 1
        level = [child for element in level for child in element.elements]
    return depth


def heading_anchors(root: Element) -> set[str]:
    """The ids that the headings bear."""
    headings = (element for element in root.walk() if element.name in HEADINGS)
    return {heading.attributes["id"] for heading in headings if "id" in heading.attributes}


def footnote_items(root: Element) -> list[Element]:
    """The entries of the text's footnotes, in order."""
    sections = (element for element in root.walk() if element.name == "section")
    return [item for section in sections for item in items_of_footnotes(section)]


def items_of_footnotes(section: Element) -> list[Element]:
    """The entries of a section that holds footnotes and nothing else; otherwise none."""
    lists = section.elements
    items = [item for entries in lists for item in entries.elements]
    if (
        "footnotes" in section.classes
        and all(entries.name == "ol" for entries in lists)
        and all("footnote-item" in item.classes for item in items)
        and not any(_has_own_text(element) for element in (section, *lists))
    ):
        return items
    return []


def _has_own_text(element: Element) -> bool:
    return any(isinstance(child, str) and child.strip() for child in element.children)


def locale_of(element: Element) -> tuple[str | None, Direction | None]:
    """The language and the direction that the element declares; not what is no language tag."""
    direction = element.attributes.get("dir", "").lower()
    known = Direction(direction) if direction in set(Direction) else None
    language = element.attributes.get("lang", "").strip()
    return language if is_well_formed(language) else None, known


def alignment_of(cell: Element) -> Alignment | None:
    """Where a cell's text stands, if it says so."""
    side = element_style(cell).removeprefix("text-align:")
    return Alignment(side) if side in set(Alignment) else None


def element_style(element: Element) -> str:
    """The element's style, without its white space."""
    return "".join(element.attributes.get("style", "").lower().split()).rstrip(";")


def natural(element: Element, attribute: str) -> int | None:
    """A whole number that an attribute holds, not below nought; None for anything else."""
    digits = element.attributes.get(attribute, "").strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= _MOST_DIGITS:
        return int(digits)
    return None


def is_done(item: Element) -> bool | None:
    """Whether a list's entry is a task that is done; None if it is no task."""
    for element in item.walk():
        if element.name == "input":
            return "checked" in element.attributes
        if element.name == "li":
            break
    return None


def programming_language(pre: Element) -> str | None:
    """The language that lines of code are written in."""
    for element in pre.walk():
        for word in element.classes:
            if word.startswith("language-"):
                return word.removeprefix("language-") or None
    return None


def raw_text(element: Element) -> Iterator[str]:
    """The characters in the element, white space as it is."""
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.name == "br":
            yield "\n"
        else:
            yield from raw_text(child)
