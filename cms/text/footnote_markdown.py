"""The footnotes in HTML that came from our Markdown."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from .tree import Element


@dataclass(frozen=True, slots=True)
class Footnotes:
    """The notes that something refers to; `labels` maps their ids to what they are called."""

    labels: dict[str, str] = field(default_factory=dict)

    def holds(self, element: Element) -> bool:
        """Whether the element is a section all of whose items are such notes."""
        if element.name != "section" or "footnotes" not in element.classes:
            return False
        notes = _notes(element)
        return bool(notes) and all(note.attributes.get("id") in self.labels for note in notes)

    def notes(self, section: Element) -> Iterator[tuple[str, Element]]:
        """Yield the section's notes, each with its label."""
        for note in _notes(section):
            yield self.labels[note.attributes["id"]], note


def find_footnotes(root: Element) -> Footnotes:
    """Number the notes in the order in which they are first referred to."""
    elements = list(root.walk())
    notes = {
        note.attributes["id"]
        for section in elements
        if section.name == "section" and "footnotes" in section.classes
        for note in _notes(section)
        if "id" in note.attributes
    }
    labels: dict[str, str] = {}
    for reference in elements:
        if reference.name == "sup" and "footnote-ref" in reference.classes:
            for link in reference.elements:
                target = link.attributes.get("href", "").removeprefix("#")
                if target in notes:
                    labels.setdefault(target, str(len(labels) + 1))
    return Footnotes(labels)


def _notes(section: Element) -> list[Element]:
    return [item for items in section.elements for item in items.elements if item.name == "li"]
