"""What senders of comments give in confidence: kept apart, and not for long."""

from datetime import timedelta

from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from ...comments.keyed_hash import keyed_hash
from ...content import Comment, CommentSender
from ...settings import Settings
from ...store import clock
from ...store.prepared import Prepared

_INSERT = Prepared(
    insert(CommentSender.__table__), "comment_id", "email", "address_hash", "purge_at"
)


async def keep(
    session: AsyncSession,
    secret: bytes,
    comment: Comment,
    *,
    email: str | None,
    address: str | None,
    settings: Settings,
) -> None:
    """Keep an e-mail address, and of a network address a keyed hash, for the days that are set.

    Of a comment that is older than that already, nothing is kept.
    """
    purge_at = comment.submitted_at + timedelta(days=settings.comments_purge_days)
    if not (email or address) or purge_at <= clock.now():
        return
    address_hash = keyed_hash(secret, "network address", address) if address else None
    sender = {
        "comment_id": comment.id,
        "email": email,
        "address_hash": address_hash,
        "purge_at": purge_at,
    }
    await _INSERT.rows(session, sender)


async def forget(session: AsyncSession, comment_id: int) -> None:
    """Delete what the sender of a comment gave."""
    await session.execute(delete(CommentSender).where(CommentSender.comment_id == comment_id))


async def purge(session: AsyncSession) -> int:
    """Delete what has been kept long enough; answers of how many comments."""
    due = CommentSender.purge_at <= clock.now()
    count = await session.scalar(select(func.count()).select_from(CommentSender).where(due))
    await session.execute(delete(CommentSender).where(due))
    return count or 0
