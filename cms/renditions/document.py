"""The print document: a closed tree that every format writes out.

A format writes it with a `match` over `Block` and one over `Inline`: the type checker tells when a
kind of node is forgotten. A tree is at most as deep as the sanitised HTML that it comes from
(`text.tree.MAX_DEPTH`), so that whoever writes it may recurse.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from .picture import Picture


class Direction(StrEnum):
    """Which way a text runs."""

    LEFT_TO_RIGHT = "ltr"
    RIGHT_TO_LEFT = "rtl"


class Alignment(StrEnum):
    """Where the text of a table's cell stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


# ---------------------------------------------------------------- within a line


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


# ---------------------------------------------------------------- on lines of its own


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of what follows; `level` from 1, as the editor gave it."""

    level: int
    children: Inlines
    anchor: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class ListItem:
    """One entry of a list; `done` is None except in a list of tasks."""

    blocks: "Blocks"
    done: bool | None = None


@dataclass(frozen=True, slots=True)
class BulletList:
    """Entries in no order that matters."""

    items: tuple[ListItem, ...]


@dataclass(frozen=True, slots=True)
class NumberedList:
    """Entries numbered from `start`."""

    items: tuple[ListItem, ...]
    start: int = 1


@dataclass(frozen=True, slots=True)
class Quotation:
    """What somebody else said."""

    blocks: "Blocks"


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines whose white space counts."""

    text: str
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a table."""

    blocks: "Blocks"
    is_header: bool = False
    columns: int = 1
    rows: int = 1
    alignment: Alignment | None = None


Row: TypeAlias = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the rows of `head` are repeated where the table is broken."""

    head: tuple[Row, ...]
    body: tuple[Row, ...]
    caption: Inlines = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture, or what else belongs together, with the words under it."""

    blocks: "Blocks"
    caption: Inlines = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A break between two thoughts."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Blocks in another language, or that run another way."""

    blocks: "Blocks"
    language: str | None = None
    direction: Direction | None = None


Block: TypeAlias = (
    Heading
    | Paragraph
    | BulletList
    | NumberedList
    | Quotation
    | CodeBlock
    | Table
    | Figure
    | Rule
    | Passage
)
Blocks: TypeAlias = tuple[Block, ...]


# ---------------------------------------------------------------- the whole


@dataclass(frozen=True, slots=True)
class Footnote:
    """A remark at the end, under the number that its marks bear."""

    number: int
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Comment:
    """What a reader wrote, with the replies to it; a removed one keeps its place and no words."""

    name: str
    submitted_at: datetime
    blocks: Blocks = ()
    replies: tuple["Comment", ...] = ()
    is_removed: bool = False


@dataclass(frozen=True, slots=True)
class Discussion:
    """The comments; `count` says how many there are, also where not all are printed."""

    count: int
    comments: tuple[Comment, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A post as it is printed."""

    title: str
    address: str
    """Where the post is read on the site."""
    site_title: str
    language: str
    """A BCP 47 tag."""
    direction: Direction
    published_at: datetime
    updated_at: datetime
    blocks: Blocks
    footnotes: tuple[Footnote, ...] = ()
    byline: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    discussion: Discussion | None = None
