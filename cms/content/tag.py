"""Tags: words that posts share."""

from sqlalchemy.orm import Mapped, mapped_column

from .base import NEVER_REUSED, Base, Key


class Tag(Base):
    """A free word on posts."""

    __tablename__ = "tags"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(index=True)

    __table_args__ = NEVER_REUSED
