"""Tags that go: deleted or merged, while the posts stay."""

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import ChangeKind, PostTag, Tag
from ...errors import Refused, UserErrorCode
from ..categories import tree
from ..relinking import hand_over, unlink
from .editing import held, record


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteTag:
    """Which tag to take off all posts."""

    id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeTags:
    """Which tag is one with which: posts with the first bear the second."""

    id: int
    into: int


async def delete(session: AsyncSession, actor: Actor, wanted: DeleteTag) -> int:
    """Delete a tag, and answer its id. Raises Refused."""
    await tree.hold_alone(session)
    tag = await held(session, wanted.id)
    await unlink(session, PostTag, PostTag.tag_id, tag.id)
    return await _drop(session, actor, "delete", tag)


async def merge(session: AsyncSession, actor: Actor, wanted: MergeTags) -> Tag:
    """Make two tags one, and answer the one that stays. Raises Refused."""
    # Whoever saves a post holds the tree: none is given a tag that goes.
    await tree.hold_alone(session)
    tag = await held(session, wanted.id)
    if wanted.id == wanted.into:
        raise Refused.because(UserErrorCode.INVALID, "This is the same tag.", "into")
    heir = await held(session, wanted.into, "into")
    await hand_over(session, PostTag, PostTag.tag_id, tag.id, heir.id)
    record(session, actor, "merge", heir, ChangeKind.UPDATED, relisted=True)
    await _drop(session, actor, "merge", tag)
    return heir


async def _drop(session: AsyncSession, actor: Actor, action: str, tag: Tag) -> int:
    record(session, actor, action, tag, ChangeKind.DELETED, relisted=True)
    await session.delete(tag)
    await session.flush()
    return tag.id
