"""Headings and the anchors that links may point to."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from .elements import HEADINGS
from .identifiers import retarget_links
from .plain import line_of
from .slugs import slugify
from .tree import Element


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of the table of contents; `anchor` is the id that the heading bears."""

    level: int
    text: str
    anchor: str


def anchor_headings(root: Element) -> tuple[Heading, ...]:
    """Give each heading with text an id of its own, and answer them in order.

    Anchors are slugs of the text; the second of a kind ends in `-2`. Links within the text that
    led to an id the heading bore before follow it.
    """
    headings = [element for element in root.walk() if element.name in HEADINGS]
    former = {
        heading.attributes.pop("id"): heading for heading in headings if "id" in heading.attributes
    }
    anchors = _Anchors(element.attributes.get("id", "") for element in root.walk())
    outline = tuple(_anchor(heading, anchors) for heading in headings if line_of(heading))
    renamed = {old: heading.attributes.get("id", old) for old, heading in former.items()}
    retarget_links(root, renamed)
    return outline


def _anchor(element: Element, anchors: "_Anchors") -> Heading:
    text = line_of(element)
    anchor = element.attributes["id"] = anchors.claim(slugify(text, fallback="section"))
    return Heading(level=int(element.name[1]), text=text, anchor=anchor)


class _Anchors:
    def __init__(self, taken: Iterator[str]) -> None:
        self._taken = set(taken)
        self._next: dict[str, Iterator[int]] = {}

    def claim(self, slug: str) -> str:
        """Answer the slug, numbered if it is taken; each number is tried once."""
        anchor = slug
        while anchor in self._taken:
            anchor = f"{slug}-{next(self._next.setdefault(slug, count(2)))}"
        self._taken.add(anchor)
        return anchor
