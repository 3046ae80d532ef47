"""Articles bound together: what a category's book and an anthology are made of."""

from dataclasses import dataclass
from datetime import datetime

from .direction import Direction
from .document import Document


@dataclass(frozen=True, slots=True)
class Book:
    """Articles in the order in which they are read; there is at least one."""

    title: str
    address: str
    """Where on the site it comes from: the category's page, or the front page."""
    identity: str
    """What tells it from all other books, and stays when an article in it is edited."""
    site_title: str
    language: str
    """A BCP 47 tag."""
    direction: Direction
    articles: tuple[Document, ...]
    subtitle: str = ""
    """What it is about; may be empty."""

    @property
    def first_published_at(self) -> datetime:
        """When the earliest of its articles was published."""
        return min(article.published_at for article in self.articles)

    @property
    def last_published_at(self) -> datetime:
        """When the latest of its articles was published."""
        return max(article.published_at for article in self.articles)

    @property
    def updated_at(self) -> datetime:
        """When one of its articles was changed last."""
        return max(article.updated_at for article in self.articles)
