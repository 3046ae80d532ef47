"""What stands on lines of its own in a print document."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from .direction import Direction
from .inlines import Inlines


class Alignment(StrEnum):
    """Where the text of a table's cell stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


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
