"""Categories: a tree, its closure, and the archive of posts under each."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from .base import NEVER_REUSED, Base, Binary, Key, choice
from .post import PostStatus


class Category(Base):
    """A subject that posts are filed under."""

    __tablename__ = "categories"

    id: Mapped[Key]
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    name_key: Mapped[str] = mapped_column(Binary)
    description: Mapped[str] = mapped_column(default="")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"), index=True)
    post_count: Mapped[int] = mapped_column(default=0)
    """Posts with status PUBLISHED in it or below it, those of a future instant included."""
    version: Mapped[int] = mapped_column(default=1)

    __table_args__ = (Index(None, "name_key", "id"), NEVER_REUSED)


class CategoryAncestor(Base):
    """The closure of the tree: each category with itself (distance 0) and all above it."""

    __tablename__ = "category_ancestors"

    category_id: Mapped[int] = mapped_column(
        ForeignKey("categories.id", ondelete="CASCADE"), primary_key=True
    )
    ancestor_id: Mapped[int] = mapped_column(
        ForeignKey("categories.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    distance: Mapped[int]


class CategoryPost(Base):
    """The archive: a post under each of its categories and under all their ancestors.

    `status` and `published_at` repeat the post's, so that any page of an archive is an index scan.
    """

    __tablename__ = "category_posts"

    category_id: Mapped[int] = mapped_column(ForeignKey("categories.id"), primary_key=True)
    post_id: Mapped[int] = mapped_column(
        ForeignKey("posts.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int | None]
    """The place among the post's own categories; null where the post is filed below."""
    status: Mapped[PostStatus] = mapped_column(choice(PostStatus))
    published_at: Mapped[datetime | None]

    __table_args__ = (
        Index("ix_category_posts_archive", "category_id", "status", "published_at", "post_id"),
        Index(
            "ix_category_posts_direct",
            "category_id",
            "status",
            "published_at",
            "post_id",
            sqlite_where=text("position IS NOT NULL"),
            postgresql_where=text("position IS NOT NULL"),
        ),
        Index("ix_category_posts_post_id", "post_id", "position", "category_id"),
    )
