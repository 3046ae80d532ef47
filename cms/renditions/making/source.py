"""What a print document is made of, before it is made: it can be sent to another process."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ..address import SiteFacts
from ..document.picture import Picture
from .discussion import CommentRow

MOST_COMMENTS = 5_000
"""What more there are is told in a sentence and as a warning."""


@dataclass(frozen=True, slots=True)
class Foremost:
    """The image that stands above a post."""

    sha256: str
    kind: str
    alt: str
    caption: str


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
    image: Foremost | None = None
    media_url: str = ""
    """Where images of the site are: absolute, or from the address of the rendition on."""
    pictures: Mapping[str, Picture] | None = None
    """What is at hand of the images that it shows; None where none are to be. See `pictures`.

    The site's own stand under their digests, others under their addresses.
    """
    absent: Mapping[str, str] = field(default_factory=dict)
    """Why others could not be fetched this time, by their addresses."""

    @property
    def address(self) -> str:
        """Where the post is read on the site."""
        return self.site.address_of(self.slug)
