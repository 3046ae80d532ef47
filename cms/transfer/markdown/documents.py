"""The files of an export folder as records, with the keys that each may have."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ...content import CommentStatus, PostStatus, SourceFormat
from ..errors import Unreadable
from .dates import ReadDate
from .fields import Fields, read_document, read_fields, read_json

FORMAT = "pressroom/1"

_SITE = ("format", "title", "tagline", "language")
_AUTHOR = ("slug", "name", "url")
_CATEGORY = ("slug", "name", "parent")
_IMAGE = ("file", "alt", "author", "created_at")
_POST = (
    "slug", "title", "status", "published_at", "updated_at", "created_at", "authors", "categories",
    "tags", "sticky", "comments_open", "excerpt", "former_slugs", "image",
    "body_format",
)  # fmt: skip
_COMMENT = (
    "id", "parent", "reply_to", "status", "author", "submitted_at", "edited_at", "body",
)  # fmt: skip
_SENDER = ("name", "url", "email", "verified")
_STATUSES = ("draft", "published", "archived", "trashed")
_MAX_ID = 64


@dataclass(frozen=True, slots=True)
class SiteFile:
    """`site.yaml`."""

    title: str
    tagline: str
    language: str


@dataclass(frozen=True, slots=True)
class AuthorFile:
    """`authors/<slug>.md`."""

    slug: str
    name: str
    url: str | None
    bio: str


@dataclass(frozen=True, slots=True)
class CategoryFile:
    """`categories/<slug>.md`; `path` is for what is said of its parent."""

    slug: str
    name: str
    parent: str | None
    description: str
    path: Path


@dataclass(frozen=True, slots=True)
class ImageFile:
    """`images/<name>.md`; `file` is the name of the image's bytes, which lie beside it."""

    file: str
    alt: str
    caption: str
    author: str | None
    created_at: datetime | None
    path: Path


@dataclass(frozen=True, slots=True)
class PostFile:
    """`posts/<slug>.md`."""

    slug: str
    title: str
    status: PostStatus
    published_at: datetime | None
    updated_at: datetime | None
    created_at: datetime | None
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    tags: tuple[str, ...]
    sticky: bool
    comments_open: bool
    excerpt: str | None
    former_slugs: tuple[str, ...]
    image: str | None
    body_format: SourceFormat
    body: str
    path: Path


@dataclass(frozen=True, slots=True)
class CommentLine:
    """A line of `posts/<slug>.comments.jsonl`."""

    id: str
    parent: str | None
    reply_to: str | None
    status: CommentStatus
    name: str
    url: str | None
    email: str | None
    verified: bool
    submitted_at: datetime
    edited_at: datetime | None
    body: str


def read_site(source: str, path: Path) -> SiteFile:
    """Read `site.yaml`. Raises Unreadable, as do all the others."""
    fields = read_fields(source.split("\n"), path)
    fields.admit(_SITE)
    if (version := fields.text("format")) != FORMAT:
        raise fields.refuse("format", f"{version!r} is not known; this release reads {FORMAT!r}")
    return SiteFile(
        fields.text("title", ""), fields.text("tagline", ""), fields.text("language", "en")
    )


def read_tags(source: str, path: Path) -> dict[str, str]:
    """Read `tags.yaml`: slugs by name."""
    fields = read_fields(source.split("\n"), path)
    return {fields.text(slug): slug for slug in fields}


def read_author(source: str, path: Path) -> AuthorFile:
    """Read an author."""
    fields, body = read_document(source, path)
    fields.admit(_AUTHOR)
    return AuthorFile(_slug(fields, path), fields.text("name"), fields.optional_text("url"), body)


def read_category(source: str, path: Path) -> CategoryFile:
    """Read a category."""
    fields, body = read_document(source, path)
    fields.admit(_CATEGORY)
    return CategoryFile(
        _slug(fields, path), fields.text("name"), fields.optional_text("parent"), body, path
    )


def read_image(source: str, path: Path, read_date: ReadDate) -> ImageFile:
    """Read what is told of an image."""
    fields, body = read_document(source, path)
    fields.admit(_IMAGE)
    return ImageFile(
        file=fields.text("file"),
        alt=fields.text("alt", ""),
        caption=body,
        author=fields.optional_text("author"),
        created_at=fields.date("created_at", read_date),
        path=path,
    )


def read_post(source: str, path: Path, read_date: ReadDate) -> PostFile:
    """Read a post."""
    fields, body = read_document(source, path)
    fields.admit(_POST)
    status = PostStatus(fields.choice("status", _STATUSES, "draft").upper())
    published_at = fields.date("published_at", read_date)
    if status is PostStatus.PUBLISHED and published_at is None:
        raise fields.refuse("published_at", "required of a published post, and missing")
    body_format = fields.choice("body_format", ("markdown", "html"), "markdown")
    return PostFile(
        slug=_slug(fields, path),
        title=fields.text("title"),
        status=status,
        published_at=published_at,
        updated_at=fields.date("updated_at", read_date),
        created_at=fields.date("created_at", read_date),
        authors=fields.texts("authors"),
        categories=fields.texts("categories"),
        tags=fields.texts("tags"),
        sticky=fields.flag("sticky", default=False),
        comments_open=fields.flag("comments_open", default=True),
        excerpt=fields.optional_text("excerpt"),
        former_slugs=fields.texts("former_slugs"),
        image=fields.optional_text("image"),
        body_format=SourceFormat(body_format.upper()),
        body=body,
        path=path,
    )


def read_comment(line: str, path: Path, number: int, read_date: ReadDate) -> CommentLine:
    """Read a line of comments."""
    fields = _object(read_json(line, path, number), path, number)
    fields.admit(_COMMENT)
    if "author" not in fields:
        raise fields.refuse("author", "required, and missing")
    sender = _object(fields.value("author"), path, number)
    sender.admit(_SENDER)
    comment = CommentLine(
        id=fields.text("id"),
        parent=fields.optional_text("parent"),
        reply_to=fields.optional_text("reply_to"),
        status=_comment_status(fields),
        name=sender.text("name"),
        url=sender.optional_text("url"),
        email=sender.optional_text("email"),
        verified=sender.flag("verified", default=False),
        submitted_at=fields.required_date("submitted_at", read_date),
        edited_at=fields.date("edited_at", read_date),
        body=fields.text("body"),
    )
    if not 1 <= len(comment.id) <= _MAX_ID:
        raise fields.refuse("id", f"has not 1 to {_MAX_ID} characters")
    return comment


def _comment_status(fields: Fields) -> CommentStatus:
    fields.text("status")
    choices = [status.value.lower() for status in CommentStatus]
    return CommentStatus(fields.choice("status", choices, "").upper())


def _object(value: Any, path: Path, number: int) -> Fields:
    if not isinstance(value, dict):
        raise Unreadable("not a JSON object", path, number)
    given = {key: (number, held) for key, held in value.items() if held is not None}
    return Fields(given, path, number)


def _slug(fields: Fields, path: Path) -> str:
    return fields.text("slug", path.stem)
