"""A rendition to be made, in whichever process: all that it takes, and nothing that stays open."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ..document.shortfalls import Shortfalls
from ..formats.format import Format, NotRenderable, Output
from ..formats.options import RenditionOptions
from ..making.make import document_of
from ..making.source import Source

FAULT = "It could not be made, by a fault that the server has written down."


class NotMade(NotRenderable):
    """A rendition that took too long or too much, or that a fault of ours stood in the way of."""


class Job(Protocol):
    """What can be pickled, and run by another process."""

    @property
    def size(self) -> int:
        """How much there is to write: characters of HTML, about."""

    @property
    def sources(self) -> Sequence[Source]:
        """What it is made of."""

    def of(self, sources: Sequence[Source]) -> "Job":
        """Give the same of other sources."""

    def run(self) -> Output:
        """Make it. Raises NotRenderable."""


@dataclass(frozen=True, slots=True)
class Commission:
    """A rendition that somebody wants; `digest` tells it from all others.

    `load` reads what it is made of, when its turn has come. A `light` format is written about as
    fast as its document is read; others are always left to a worker. A `pictured` one shows the
    pictures of its sources, and not their addresses or descriptions alone.
    """

    digest: str
    load: Callable[[], Awaitable[Job]]
    light: bool = False
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class PostJob:
    """A post in one format; reading its HTML is part of the work, and often the most of it."""

    source: Source
    wanted: Format
    options: RenditionOptions

    @property
    def size(self) -> int:
        """How much there is to write; see Job."""
        return len(self.source.html) + sum(len(row.html) for row in self.source.comments or ())

    @property
    def sources(self) -> Sequence[Source]:
        """What it is made of."""
        return (self.source,)

    def of(self, sources: Sequence[Source]) -> Job:
        """Give the same of another source."""
        (source,) = sources
        return replace(self, source=source)

    def run(self) -> Output:
        """Make it. Raises NotRenderable."""
        shortfalls = Shortfalls()
        output = self.wanted.render(document_of(self.source, shortfalls), self.options)
        warnings = (*shortfalls.warnings, *output.warnings)
        return replace(output, warnings=warnings, is_provisional=bool(self.source.absent))
