"""Preview tokens: how somebody without a role is shown one post that the public does not see.

A token is `prp_<post id>_<when it ends, in seconds since 1970>_<base64url of an HMAC-SHA256>`, made
from the site's secret and therefore stored nowhere.
"""

import base64
import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from ..actors import Actor
from ..content import ChangeKind, Post, PostStatus
from ..errors import Refused, Unauthenticated, UserErrorCode
from ..store import clock, journal
from . import rights
from .faults import Faults

PREFIX = "prp_"
LASTS = timedelta(days=7)
"""How long a token is good unless its maker says otherwise."""
LASTS_AT_MOST = timedelta(days=90)

_FORM = re.compile(r"prp_([1-9][0-9]{0,17})_([0-9]{1,11})_[A-Za-z0-9_-]{43}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePreview:
    """What a preview token is wanted for."""

    post_id: int
    expires_at: datetime | None = None


async def create(session: AsyncSession, actor: Actor, wanted: CreatePreview) -> datetime:
    """Let a post be shown to whoever is given its token; answers when that ends.

    The journal tells who did. Raises Forbidden, and Refused.
    """
    await rights.check_edit(session, actor, wanted.post_id, "postId")
    post = await session.get(Post, wanted.post_id)
    if post is None:
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such post.", "postId")
    faults = Faults()
    if post.status is PostStatus.TRASHED:
        faults.add(UserErrorCode.INVALID, "A post in the trash is not shown.", "postId")
    given = faults.instant(wanted.expires_at, "expiresAt")
    faults.refuse()
    expires_at = _end(faults, given)
    faults.refuse()
    kind = ChangeKind.CREATED
    journal.record(
        session, actor, "preview", "PreviewToken", post.id, kind, public=False, post_id=post.id
    )
    return expires_at


def token_of(secret: bytes, post_id: int, expires_at: datetime) -> str:
    """Make the token that shows a post until an instant, which is a whole second."""
    seconds = int(expires_at.timestamp())
    message = f"preview:{post_id}:{seconds}".encode()
    digest = hmac.new(secret, message, hashlib.sha256).digest()
    signature = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return f"{PREFIX}{post_id}_{seconds}_{signature}"


def post_of(secret: bytes, token: str) -> int:
    """Tell which post a token shows. Raises Unauthenticated for one that is forged or expired."""
    match = _FORM.fullmatch(token)
    if match is None:
        raise Unauthenticated("This preview token is unknown.")
    post_id, expires_at = int(match[1]), datetime.fromtimestamp(int(match[2]), UTC)
    if not hmac.compare_digest(token, token_of(secret, post_id, expires_at)):
        raise Unauthenticated("This preview token is unknown.")
    if expires_at <= clock.now():
        raise Unauthenticated("This preview token has expired.")
    return post_id


def _end(faults: Faults, wanted: datetime | None) -> datetime:
    """Check when a token is to end, and give the whole second."""
    now = clock.now()
    expires_at = (wanted or now + LASTS).replace(microsecond=0)
    if expires_at <= now:
        faults.add(UserErrorCode.INVALID, "This time has passed.", "expiresAt")
    elif expires_at > now + LASTS_AT_MOST:
        message = f"A preview ends after {LASTS_AT_MOST.days} days at the latest."
        faults.add(UserErrorCode.INVALID, message, "expiresAt")
    return expires_at
