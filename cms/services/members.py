"""Members: the site's own people, when they write like readers do."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from ..actors import Actor, Role
from ..content import Author


@dataclass(frozen=True, slots=True)
class Member:
    """One of the site's own people, under the name that readers know."""

    name: str | None
    url: str | None = None


async def member_of(session: AsyncSession, actor: Actor) -> Member | None:
    """Tell who is signed in: whoever has a role above READER or an author; none for a guest."""
    if actor.author_id is None:
        return Member(actor.name) if actor.is_at_least(Role.CONTRIBUTOR) else None
    author = await session.get(Author, actor.author_id)
    return Member(author.name, author.url) if author else Member(actor.name)
