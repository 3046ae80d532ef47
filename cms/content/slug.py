"""Retired slugs: where old addresses lead."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, choice


class Addressed(StrEnum):
    """What has an address of its own on the site."""

    POST = "POST"
    CATEGORY = "CATEGORY"
    AUTHOR = "AUTHOR"


class RetiredSlug(Base):
    """A slug that something public once had, and has no longer."""

    __tablename__ = "retired_slugs"

    kind: Mapped[Addressed] = mapped_column(choice(Addressed), primary_key=True)
    slug: Mapped[str] = mapped_column(primary_key=True)
    entity_id: Mapped[int | None]
    """What bore it; null once that is deleted for ever."""
    retired_at: Mapped[datetime]
