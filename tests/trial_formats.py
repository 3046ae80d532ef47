"""Formats to be tried with; a worker finds them here by the name of this module."""

from dataclasses import dataclass
from pathlib import Path

from pressroom.cms.renditions.document.document import Document
from pressroom.cms.renditions.formats.format import Output
from pressroom.cms.renditions.formats.options import RenditionOptions


@dataclass(frozen=True)
class Waiting:
    """Waits until somebody opens a pipe for writing, and closes it; then gives the title."""

    pipe: Path
    name: str = "WAITING"
    media_type: str = "text/x-waiting"
    extension: str = "waiting"
    version: int = 1
    heeds: frozenset[str] = frozenset({"comments"})
    unavailable: str | None = None

    def render(self, document: Document, _options: RenditionOptions) -> Output:
        self.pipe.read_bytes()
        return Output(document.title.encode(), page_count=7)


@dataclass(frozen=True)
class Broken(Waiting):
    """Breaks on every document."""

    def render(self, document: Document, _options: RenditionOptions) -> Output:
        raise ValueError("a secret of the server")
