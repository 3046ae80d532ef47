"""The site whose content this is: one row."""

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base, Key


class Site(Base):
    """The publication as a whole; a database holds one, with id 1."""

    __tablename__ = "sites"

    id: Mapped[Key]
    title: Mapped[str]
    tagline: Mapped[str]
    url: Mapped[str]
    """The address of the frontend that shows the content, without a slash at its end."""
    language: Mapped[str]
    """A BCP 47 tag."""
    post_prefix: Mapped[str] = mapped_column(default="/")
    """What comes before the slug in the path of a post; likewise below."""
    category_prefix: Mapped[str] = mapped_column(default="/category/")
    author_prefix: Mapped[str] = mapped_column(default="/author/")
    names_version: Mapped[int] = mapped_column(default=0)
    """Grows with every change of the site, an author, a category, a tag or an image."""
    secret: Mapped[bytes] = mapped_column(LargeBinary(32))
    """The key of keyed hashes: edit tokens, avatars, network addresses."""
