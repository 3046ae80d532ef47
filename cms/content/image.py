"""Images: what is told of each; their bytes are in the storage of files."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import NEVER_REUSED, Base, Key


class Image(Base):
    """An image that was taken in. Two that are the same to the last pixel share their bytes."""

    __tablename__ = "images"

    id: Mapped[Key]
    sha256: Mapped[str] = mapped_column(index=True)
    """What its master is known by, in hexadecimal."""
    kind: Mapped[str]
    """The ending of its media type, and of its address: `jpeg`, `png`, …"""
    width: Mapped[int]
    height: Mapped[int]
    byte_size: Mapped[int]
    frame_count: Mapped[int]
    """More than 1 for an image that moves."""
    blurhash: Mapped[str]
    alt: Mapped[str]
    caption: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(
        ForeignKey("authors.id", ondelete="SET NULL"), index=True
    )
    """The author that whoever sent it writes as."""
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    source_key: Mapped[str | None] = mapped_column(unique=True)
    """What an importer knows the image by, so that a second run finds it again."""

    __table_args__ = (Index(None, "created_at", "id"), NEVER_REUSED)
