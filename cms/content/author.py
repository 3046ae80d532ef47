"""Authors: the names in bylines."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import NEVER_REUSED, Base, Binary, Key


class Author(Base):
    """Somebody who writes posts."""

    __tablename__ = "authors"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Binary)
    bio: Mapped[str] = mapped_column(default="")
    url: Mapped[str | None]
    post_count: Mapped[int] = mapped_column(default=0)
    """Posts with status PUBLISHED, those of a future instant included."""
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (Index(None, "name_key", "id"), NEVER_REUSED)
