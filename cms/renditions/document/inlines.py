"""What stands within a line of a print document."""

from dataclasses import dataclass
from typing import TypeAlias

from .direction import Direction
from .picture import Picture


@dataclass(frozen=True, slots=True)
class Text:
    """Characters; runs of white space are already one space."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed, or a title, or a term."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Strong:
    """Important."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Strikethrough:
    """No longer so."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Subscript:
    """Set below the line."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Superscript:
    """Set above the line."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Code:
    """What a machine reads or writes."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Link:
    """Leads to an absolute address, or (`#…`) to the anchor of a heading of the same document."""

    children: "Inlines"
    address: str

    @property
    def is_internal(self) -> bool:
        """Whether it leads to a heading of the same document."""
        return self.address.startswith("#")


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; sizes in CSS pixels, where they are known.

    Its address is absolute, or leads from the rendition's to an image of the site. Without
    `picture` its bytes are not at hand: formats print the description and the address.
    """

    address: str
    description: str
    width: int | None = None
    height: int | None = None
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class LineBreak:
    """A new line in the same paragraph."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in another language, or that runs another way."""

    children: "Inlines"
    language: str | None = None
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class FootnoteMark:
    """Refers to the footnote with that number."""

    number: int


Inline: TypeAlias = (
    Text
    | Emphasis
    | Strong
    | Strikethrough
    | Subscript
    | Superscript
    | Code
    | Link
    | Image
    | LineBreak
    | Span
    | FootnoteMark
)
Inlines: TypeAlias = tuple[Inline, ...]
