"""Revisions: a post as it stood after each stored change."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class Revision(Base):
    """A whole snapshot of a post at one version."""

    __tablename__ = "revisions"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    version: Mapped[int] = mapped_column(primary_key=True)
    saved_at: Mapped[datetime]
    saved_by: Mapped[str]
    title: Mapped[str]
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    snapshot: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The remaining fields: slug, excerpt, status, dates, ids of authors and categories, tags."""
