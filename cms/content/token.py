"""Access tokens: how scripts and editors say who they are."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from ..actors import Role
from .base import NEVER_REUSED, Base, Key, RoleColumn


class AccessToken(Base):
    """A credential; the secret itself is shown once and never stored."""

    __tablename__ = "access_tokens"

    id: Mapped[Key]
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(RoleColumn)
    secret_hash: Mapped[str] = mapped_column(unique=True)
    """SHA-256 of the secret, in hexadecimal."""
    author_id: Mapped[int | None] = mapped_column(ForeignKey("authors.id", ondelete="SET NULL"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]
    """Kept to the minute."""
    revoked_at: Mapped[datetime | None]

    __table_args__ = NEVER_REUSED
