"""Handlers of events: how far each of them has come."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from .base import Base


class HandlerPlace(Base):
    """How far a handler has come in the journal, and when it may be called."""

    __tablename__ = "handler_places"

    handler: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[int]
    """The last entry of the journal that it is done with."""
    failures: Mapped[int] = mapped_column(default=0)
    """How often in a row it has failed on the next."""
    held_until: Mapped[datetime | None]
    """Until then nobody calls it: somebody does already, or it has failed and is given time."""
