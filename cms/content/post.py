"""Posts: the narrow rows that lists read, and who wrote them."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from .base import NEVER_REUSED, Base, Binary, Key, choice


class PostStatus(StrEnum):
    """Where a post stands in its life.

    SCHEDULED is how a PUBLISHED post is shown before its instant has come; it is never stored, so
    that nothing has to happen at that instant.
    """

    DRAFT = "DRAFT"
    SCHEDULED = "SCHEDULED"
    PUBLISHED = "PUBLISHED"
    ARCHIVED = "ARCHIVED"
    TRASHED = "TRASHED"


class Post(Base):
    """An article, without its body."""

    __tablename__ = "posts"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    title_key: Mapped[str] = mapped_column(Binary)
    """The title as it is sorted; see `text.slugs.title_key`."""
    excerpt: Mapped[str]
    """What lists show: the written excerpt, or the opening of the text."""
    written_excerpt: Mapped[str | None]
    status: Mapped[PostStatus] = mapped_column(choice(PostStatus))
    published_at: Mapped[datetime | None]
    updated_at: Mapped[datetime]
    created_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=1)
    sticky: Mapped[bool] = mapped_column(default=False)
    comments_open: Mapped[bool] = mapped_column(default=True)
    author_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    """The keys of its links in their order, repeated here for lists; likewise below."""
    category_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    tag_ids: Mapped[list[int]] = mapped_column(JSON, default=list)
    body_id: Mapped[int] = mapped_column(ForeignKey("bodies.id"), index=True)
    image_id: Mapped[int | None] = mapped_column(ForeignKey("images.id"), index=True)
    announced: Mapped[bool] = mapped_column(default=False)
    """Whether the journal has told of the publication; a scheduled post's is told when due."""
    comment_count: Mapped[int] = mapped_column(default=0)
    """Approved comments."""
    thread_count: Mapped[int] = mapped_column(default=0)
    """Comments on the post itself that readers see, tombstones included."""
    tombstone_count: Mapped[int] = mapped_column(default=0)
    """Removed comments that keep their place because readers see a reply to them."""
    comments_version: Mapped[int] = mapped_column(default=0)
    """Grows with every change that readers see in the comments."""
    last_ordinal: Mapped[int] = mapped_column(default=0)
    """The sibling number given last to a comment on the post itself."""
    source_key: Mapped[str | None] = mapped_column(unique=True)
    """What an importer knows the post by, so that a second run finds it again."""

    __table_args__ = (
        CheckConstraint("status <> 'SCHEDULED'", name="scheduled_is_derived"),
        CheckConstraint("status <> 'PUBLISHED' OR published_at IS NOT NULL", name="published_when"),
        Index(None, "status", "published_at", "id"),
        Index(None, "status", "updated_at", "id"),
        Index(None, "status", "title_key", "id"),
        Index(None, "status", "comment_count", "id"),
        NEVER_REUSED,
    )


class PostAuthor(Base):
    """One name in a byline; `status` and `published_at` repeat the post's, for index scans."""

    __tablename__ = "post_authors"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    author_id: Mapped[int] = mapped_column(ForeignKey("authors.id"), primary_key=True)
    position: Mapped[int]
    status: Mapped[PostStatus] = mapped_column(choice(PostStatus))
    published_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "author_id", "status", "published_at", "post_id"),
        Index(None, "post_id", "position", "author_id"),
    )


class PostTag(Base):
    """A tag on a post; `status` and `published_at` repeat the post's, for index scans."""

    __tablename__ = "post_tags"

    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    tag_id: Mapped[int] = mapped_column(ForeignKey("tags.id"), primary_key=True)
    position: Mapped[int]
    status: Mapped[PostStatus] = mapped_column(choice(PostStatus))
    published_at: Mapped[datetime | None]

    __table_args__ = (
        Index(None, "tag_id", "status", "published_at", "post_id"),
        Index(None, "post_id", "position", "tag_id"),
    )
