"""Access tokens: making them, knowing them again, and revoking them."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ..actors import Actor, Role
from ..content import AccessToken, Author, ChangeKind
from ..errors import Refused, Unauthenticated, UserErrorCode
from ..store import clock, journal
from .faults import Faults

PREFIX = "prt_"
MAX_NAME = 100
MAX_SECRET = 200
USE_KEPT_TO = timedelta(minutes=1)
"""How exactly the last use of a token is kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateToken:
    """A new token; its bearer writes as `author_id`, if given."""

    name: str
    role: Role
    expires_at: datetime | None = None
    author_id: int | None = None


@dataclass(frozen=True, slots=True)
class CreatedToken:
    """A token and its secret, which is not stored and cannot be shown again."""

    token: AccessToken
    secret: str


async def create(session: AsyncSession, actor: Actor, wanted: CreateToken) -> CreatedToken:
    """Make a token. Raises Refused."""
    faults = Faults()
    name = faults.line(wanted.name, "name", limit=MAX_NAME, required=True)
    expires_at = faults.instant(wanted.expires_at, "expiresAt")
    faults.refuse()
    if expires_at is not None and expires_at <= clock.now():
        faults.add(UserErrorCode.INVALID, "This time has passed.", "expiresAt")
    if wanted.author_id is not None and await session.get(Author, wanted.author_id) is None:
        faults.add(UserErrorCode.NOT_FOUND, "There is no such author.", "authorId")
    faults.refuse()
    secret = PREFIX + secrets.token_urlsafe(32)
    token = AccessToken(
        name=name,
        role=wanted.role,
        secret_hash=_hash(secret),
        author_id=wanted.author_id,
        created_at=clock.now(),
        expires_at=expires_at,
    )
    session.add(token)
    await session.flush()
    _record(session, actor, "create", token, ChangeKind.CREATED)
    return CreatedToken(token, secret)


async def authenticate(session: AsyncSession, secret: str) -> AccessToken:
    """Give the token that a secret belongs to; reads only. Raises Unauthenticated."""
    wanted = _hash(secret[:MAX_SECRET])
    token = await session.scalar(select(AccessToken).where(AccessToken.secret_hash == wanted))
    now = clock.now()
    if (
        token is None
        or not hmac.compare_digest(token.secret_hash, wanted)
        or token.revoked_at is not None
        or (token.expires_at is not None and token.expires_at <= now)
    ):
        raise Unauthenticated("This access token is unknown, expired or revoked.")
    return token


def actor_of(token: AccessToken) -> Actor:
    """Give the actor that the bearer of a token is."""
    return Actor(role=token.role, name=token.name, author_id=token.author_id, token_id=token.id)


def is_use_due(token: AccessToken) -> bool:
    """Tell whether the use of a token is to be written down, which is once a minute."""
    return token.last_used_at is None or token.last_used_at <= clock.now() - USE_KEPT_TO


async def mark_used(session: AsyncSession, token_id: int) -> None:
    """Write down that a token is used, unless that was done within the minute."""
    now = clock.now()
    before = or_(AccessToken.last_used_at.is_(None), AccessToken.last_used_at <= now - USE_KEPT_TO)
    await session.execute(
        update(AccessToken).where(AccessToken.id == token_id, before).values(last_used_at=now)
    )


async def revoke(session: AsyncSession, actor: Actor, token_id: int) -> int:
    """End a token's use at once, and answer its id. Raises Refused."""
    token = await session.get(AccessToken, token_id)
    if token is None or token.revoked_at is not None:
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such token.", "id")
    token.revoked_at = clock.now()
    _record(session, actor, "revoke", token, ChangeKind.DELETED)
    return token.id


def _record(
    session: AsyncSession, actor: Actor, action: str, token: AccessToken, kind: ChangeKind
) -> None:
    journal.record(session, actor, action, "AccessToken", token.id, kind, public=False)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
