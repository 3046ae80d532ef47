"""Who is asking, by what they send: `Authorization: Bearer …` (RFC 6750).

An access token makes its bearer somebody with a role. The edit token of a comment makes its bearer
a reader who sees that comment, and a preview token one who sees a certain post.
"""

from starlette.requests import Request

from ..actors import ANONYMOUS, Actor
from ..comments.tokens import PREFIX as EDIT_PREFIX
from ..comments.tokens import comment_of
from ..content import Comment, CommentStatus, Site
from ..errors import Unauthenticated
from ..services import previews, tokens
from ..store.database import Database
from ..store.sessions import reading_session, unit_of_work


async def authenticate(database: Database, request: Request) -> Actor:
    """Tell who is asking; somebody without a token is a reader.

    Raises Unauthenticated for a token that is unknown, expired or revoked.
    """
    header = request.headers.get("authorization", "")
    if not header:
        return ANONYMOUS
    scheme, _, secret = header.partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise Unauthenticated("Send the token as `Authorization: Bearer …`.")
    secret = secret.strip()
    if secret.startswith(EDIT_PREFIX):
        return await _sender(database, secret)
    if secret.startswith(previews.PREFIX):
        return await _previewer(database, secret)
    return await _bearer(database, secret)


async def _bearer(database: Database, secret: str) -> Actor:
    async with reading_session(database) as session:
        token = await tokens.authenticate(session, secret)
    if tokens.is_use_due(token):
        async with unit_of_work(database) as session:
            await tokens.mark_used(session, token.id)
    return tokens.actor_of(token)


async def _sender(database: Database, secret: str) -> Actor:
    """Give the sender of a comment; once it is decided about, the token shows nothing more."""
    async with reading_session(database) as session:
        site = await session.get_one(Site, 1)
        comment_id = comment_of(site.secret, secret)
        comment = None if comment_id is None else await session.get(Comment, comment_id)
    if comment is None:
        raise Unauthenticated("This edit token is unknown.")
    waiting = comment.status in {CommentStatus.PENDING, CommentStatus.SPAM}
    return Actor(comment_id=comment.id if waiting else None)


async def _previewer(database: Database, secret: str) -> Actor:
    async with reading_session(database) as session:
        site = await session.get_one(Site, 1)
    return Actor(post_id=previews.post_of(site.secret, secret))
