"""Idempotency keys: what a mutation answered when it was first sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class IdempotencyKey(Base):
    """A key that a caller gave a mutation, with the hash of its input and what it answered."""

    __tablename__ = "idempotency_keys"

    scope: Mapped[str] = mapped_column(primary_key=True)
    """The mutation's name and who called it."""
    key: Mapped[str] = mapped_column(primary_key=True)
    input_hash: Mapped[str]
    answer: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Ids and facts, never a secret."""
    expires_at: Mapped[datetime] = mapped_column(index=True)
