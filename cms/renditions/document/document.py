"""The print document: a closed tree that every format writes out.

A format writes it with a `match` over `Block` and one over `Inline`: the type checker tells when a
kind of node is forgotten. A tree is at most as deep as the sanitised HTML that it comes from
(`text.tree.MAX_DEPTH`), so that whoever writes it may recurse.
"""

from dataclasses import dataclass
from datetime import datetime

from .blocks import Blocks
from .direction import Direction


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
