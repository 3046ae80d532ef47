"""Tags: words that posts share."""

from sqlalchemy.orm import Mapped, mapped_column

from .base import NEVER_REUSED, Base, Binary, Key


class Tag(Base):
    """A free word on posts."""

    __tablename__ = "tags"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Binary, unique=True)
    """The name without its case: there are no two tags of one name."""

    __table_args__ = NEVER_REUSED
