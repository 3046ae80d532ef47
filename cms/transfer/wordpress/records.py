"""What a WordPress export holds, as records."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Channel:
    """The site that was exported; `address` tells its ids from those of other sites."""

    version: str
    address: str


@dataclass(frozen=True, slots=True)
class Author:
    """A user who wrote something; `id` is 0 in exports of old."""

    id: int
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Category:
    """A category; `parent` is the slug of the one above, or empty."""

    slug: str
    name: str
    parent: str
    description: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Term:
    """What an item is filed under: a category, a tag, or something of a plugin's."""

    taxonomy: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Dates:
    """An instant, and whether it had to be guessed from a local time without an offset."""

    at: datetime | None
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment; `parent` is 0 where it stands on the post itself."""

    id: int
    parent: int
    kind: str
    approved: str
    name: str
    email: str
    url: str
    user: int
    submitted: Dates
    content: str


@dataclass(frozen=True, slots=True)
class Item:
    """A post, a page, an attachment, or whatever else WordPress keeps in its table of posts.

    `thumbnail` is the attachment that stands above a post, or 0.
    """

    id: int
    line: int
    kind: str
    status: str
    slug: str
    title: str
    creator: str
    content: str
    excerpt: str
    password: str
    parent: int
    sticky: bool
    comments_open: bool
    published: Dates
    modified: Dates
    terms: tuple[Term, ...]
    former_slugs: tuple[str, ...]
    attachment_url: str
    alt: str
    thumbnail: int
    comments: tuple[Comment, ...]
