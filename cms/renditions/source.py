"""What a print document is made of, before it is made: it can be sent to another process."""

from dataclasses import dataclass
from datetime import datetime

from .address import SiteFacts
from .discussion import CommentRow

MOST_COMMENTS = 5_000
"""What more there are is told in a sentence and as a warning."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a print document is made of, as it is stored."""

    title: str
    slug: str
    html: str
    published_at: datetime
    updated_at: datetime
    site: SiteFacts
    byline: tuple[str, ...]
    categories: tuple[str, ...]
    comment_count: int
    comments: tuple[CommentRow, ...] | None
    """In reading order, at most `MOST_COMMENTS`; None where none are asked for."""

    @property
    def address(self) -> str:
        """Where the post is read on the site."""
        return self.site.address_of(self.slug)
