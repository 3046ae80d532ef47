"""Bodies: the long texts, apart from the rows that lists read."""

from enum import StrEnum
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from .base import NEVER_REUSED, Base, Key, choice


class SourceFormat(StrEnum):
    """What an editor wrote a body in."""

    MARKDOWN = "MARKDOWN"
    HTML = "HTML"


class Body(Base):
    """A text and what is made of it, computed once when it is saved and never changed after.

    A post points to its current body and each revision to the body of its time, so a change of
    title stores no text anew.
    """

    __tablename__ = "bodies"

    id: Mapped[Key]
    format: Mapped[SourceFormat] = mapped_column(choice(SourceFormat))
    word_count: Mapped[int]
    reading_minutes: Mapped[int]
    headings: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """`[{"level": 2, "text": "…", "anchor": "…"}, …]`"""
    # SQLite reads through what stands before a column: what readers ask for comes first.
    html: Mapped[str]
    """Sanitised."""
    text: Mapped[str]
    markdown: Mapped[str]
    source: Mapped[str]
    """As the editor wrote it."""

    __table_args__ = NEVER_REUSED
