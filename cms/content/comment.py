"""Comments: a tree under each post, with its reading order stored."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from .base import NEVER_REUSED, Base, Binary, Key, choice


class CommentStatus(StrEnum):
    """Where a comment stands between its reader and the public."""

    PENDING = "PENDING"
    APPROVED = "APPROVED"
    SPAM = "SPAM"
    TRASHED = "TRASHED"
    REMOVED = "REMOVED"


class Comment(Base):
    """What a reader wrote under a post.

    A comment is given its place (`ordinal`, `path`, `reversed_path`) when the public first sees
    it, and keeps it: late approvals append, and cursors never skip. Readers see a comment that is
    APPROVED, and a tombstone where one with a place is not but has replies they see
    (`reply_count > 0`).
    """

    __tablename__ = "comments"

    id: Mapped[Key]
    post_id: Mapped[int] = mapped_column(ForeignKey("posts.id", ondelete="CASCADE"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    root_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id", ondelete="CASCADE"))
    """The comment on the post itself that the thread began with; null in that one."""
    answers_id: Mapped[int | None] = mapped_column(ForeignKey("comments.id", ondelete="SET NULL"))
    """Whom it answers, where that one stands too deep to be its parent."""
    depth: Mapped[int] = mapped_column(default=0)
    ordinal: Mapped[int | None]
    """Number among its siblings from 1, in order of first publication; null before."""
    path: Mapped[str | None] = mapped_column(Binary)
    """Sorts the post's comments in reading order, oldest siblings first."""
    reversed_path: Mapped[str | None] = mapped_column(Binary)
    """The same with newest siblings first; a reply still follows what it answers."""
    last_ordinal: Mapped[int] = mapped_column(default=0)
    """The sibling number given last to a reply."""
    reply_count: Mapped[int] = mapped_column(default=0)
    """Direct replies that readers see, tombstones included."""
    status: Mapped[CommentStatus] = mapped_column(choice(CommentStatus))
    author_name: Mapped[str]
    author_url: Mapped[str | None]
    verified: Mapped[bool] = mapped_column(default=False)
    avatar: Mapped[str]
    """A keyed hash, in hexadecimal: the same for the same e-mail address, or else name."""
    fingerprint: Mapped[str]
    """A hash of name and body, white space and case folded, by which duplicates are known."""
    submitted_at: Mapped[datetime]
    edited_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)
    source_key: Mapped[str | None] = mapped_column(unique=True)
    html: Mapped[str]
    text: Mapped[str]
    markdown: Mapped[str]

    __table_args__ = (
        CheckConstraint("(path IS NULL) = (ordinal IS NULL)", name="placed_whole"),
        Index("ix_comments_parent", "parent_id", "ordinal"),
        # With `parent_id` in it, PostgreSQL would not see that it is in the order of `ordinal`.
        Index(
            "ix_comments_thread",
            "post_id",
            "ordinal",
            sqlite_where=sql("parent_id IS NULL"),
            postgresql_where=sql("parent_id IS NULL"),
        ),
        Index("ix_comments_path", "post_id", "path"),
        Index("ix_comments_reversed_path", "post_id", "reversed_path"),
        Index("ix_comments_recent", "status", "submitted_at", "id"),
        Index("ix_comments_sender", "avatar", "status"),
        Index("ix_comments_root", "root_id"),
        Index("ix_comments_answers", "answers_id"),
        Index("ix_comments_duplicate", "post_id", "fingerprint", "submitted_at"),
        NEVER_REUSED,
    )


class CommentSender(Base):
    """What a comment's sender gave in confidence; purged when `purge_at` has come."""

    __tablename__ = "comment_senders"

    comment_id: Mapped[int] = mapped_column(
        ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True
    )
    email: Mapped[str | None]
    address_hash: Mapped[str | None]
    """A keyed hash of the network address."""
    purge_at: Mapped[datetime] = mapped_column(index=True)
