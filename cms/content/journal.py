"""The journal: every change, in commit order."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from ..actors import Role
from .base import NEVER_REUSED, Base, Key, RoleColumn, choice


class ChangeKind(StrEnum):
    """What happened to a thing, as its readers see it."""

    CREATED = "CREATED"
    UPDATED = "UPDATED"
    DELETED = "DELETED"


class JournalEntry(Base):
    """One change, written in the transaction that made it.

    `id` grows in commit order; see `store.sessions`. Outlets for the public read entries that are
    `public`; the others tell administrators who did what.
    """

    __tablename__ = "journal"

    id: Mapped[Key]
    entity: Mapped[str]
    """The GraphQL type: Post, Category, Author, Tag, Comment, …"""
    entity_id: Mapped[int]
    kind: Mapped[ChangeKind] = mapped_column(choice(ChangeKind))
    version: Mapped[int]
    """The thing's version after the change."""
    occurred_at: Mapped[datetime]
    public: Mapped[bool]
    action: Mapped[str]
    """The verb: publish, update, approve, …"""
    actor: Mapped[str | None]
    """What whoever did it was called; null for readers."""
    role: Mapped[Role] = mapped_column(RoleColumn)
    token_id: Mapped[int | None]
    """The access token that was sent, which is never deleted."""
    post_id: Mapped[int | None]
    """The post that a comment is on."""
    relisted: Mapped[bool] = mapped_column(default=True)
    """Whether lists of posts, counts of them and neighbours may show something else by it."""

    __table_args__ = (
        Index(None, "public", "id"),
        Index(None, "entity", "entity_id", "id"),
        Index(None, "actor", "id"),
        NEVER_REUSED,
    )
