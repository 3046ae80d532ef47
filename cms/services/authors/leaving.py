"""Authors who go: deleted or merged, while their posts stay."""

from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import (
    AccessToken,
    Addressed,
    Author,
    ChangeKind,
    Image,
    PostAuthor,
    PostStatus,
)
from ...errors import Refused, UserErrorCode
from .. import slugs
from ..categories import tree
from ..relinking import hand_over, unlink
from .editing import held, record


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteAuthor:
    """Whom to delete; posts and images are those of `move_to` instead, or nobody's."""

    id: int
    move_to: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeAuthors:
    """Who is one with whom: posts, images and old addresses of the first go to the second."""

    id: int
    into: int


async def delete(session: AsyncSession, actor: Actor, wanted: DeleteAuthor) -> int:
    """Delete an author, and answer the id; the address says that they are gone. Raises Refused."""
    author, heir = await _held(session, wanted.id, wanted.move_to, "moveTo")
    if heir is None:
        await unlink(session, PostAuthor, PostAuthor.author_id, author.id)
    else:
        await _hand_over(session, actor, "update", author, heir)
    await slugs.end(session, Addressed.AUTHOR, author.id, author.slug)
    return await _drop(session, actor, "delete", author)


async def merge(session: AsyncSession, actor: Actor, wanted: MergeAuthors) -> Author:
    """Make two authors one, and answer who stays. Raises Refused.

    Whoever wrote as the first writes as the second, whose address those of the first lead to.
    """
    author, heir = await _held(session, wanted.id, wanted.into, "into")
    if heir is None:
        raise TypeError("an author is merged into another")
    await _hand_over(session, actor, "merge", author, heir)
    await session.execute(
        update(AccessToken).where(AccessToken.author_id == author.id).values(author_id=heir.id)
    )
    await slugs.pass_on(session, Addressed.AUTHOR, author.id, author.slug, heir.id)
    await _drop(session, actor, "merge", author)
    return heir


async def _held(
    session: AsyncSession, author_id: int, heir_id: int | None, path: str
) -> tuple[Author, Author | None]:
    # Whoever saves a post holds the tree: none is given the name of somebody who goes.
    await tree.hold_alone(session)
    author = await held(session, author_id)
    if author_id == heir_id:
        raise Refused.because(UserErrorCode.INVALID, "This is the same author.", path)
    return author, None if heir_id is None else await held(session, heir_id, path)


async def _hand_over(
    session: AsyncSession, actor: Actor, action: str, author: Author, heir: Author
) -> None:
    await hand_over(session, PostAuthor, PostAuthor.author_id, author.id, heir.id)
    await session.execute(
        update(Image).where(Image.author_id == author.id).values(author_id=heir.id)
    )
    published = select(func.count()).where(
        PostAuthor.author_id == heir.id, PostAuthor.status == PostStatus.PUBLISHED
    )
    heir.post_count = await session.scalar(published) or 0
    heir.version += 1
    await session.flush()
    record(session, actor, action, heir, ChangeKind.UPDATED, relisted=True)


async def _drop(session: AsyncSession, actor: Actor, action: str, author: Author) -> int:
    author.version += 1
    record(session, actor, action, author, ChangeKind.DELETED, relisted=True)
    await session.delete(author)
    await session.flush()
    return author.id
