"""Revisions: going back to one, and keeping only the newest."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import Body, Image, Post, Revision
from ...errors import Refused, UserErrorCode
from ...store import clock
from . import (
    details,
    links,
    state,
    writing,
)
from .details import PostContent


@dataclass(frozen=True, slots=True, kw_only=True)
class RevertPost:
    """Which post to take back, and to which of its versions."""

    id: int
    version: int
    to_version: int


async def revert(session: AsyncSession, actor: Actor, wanted: RevertPost) -> Post:
    """Give a post the content of an earlier version, as a new one. Raises Refused.

    Address, status and date of publication stay: readers keep finding it where it is. Authors,
    categories and an image that have been deleted since are left out.
    """
    held = await state.hold(session, wanted.id, wanted.version)
    revision = await session.get(Revision, (wanted.id, wanted.to_version))
    if revision is None:
        message = "There is no such version of the post."
        raise Refused.because(UserErrorCode.NOT_FOUND, message, "toVersion")
    content = await _content(session, revision)
    post, now = held.post, clock.now()
    body = None
    if revision.body_id != post.body_id:
        body = await session.get_one(Body, revision.body_id)
    if body is None and content == details.present_content(post, held.links):
        return post
    if not state.is_scheduled(post, now):
        post.updated_at = now
    return await writing.rewrite(
        session, actor, "revert", held, content=content, body=body, now=now
    )


async def are_many(session: AsyncSession, keep: int) -> bool:
    """Tell whether a post has more revisions than are to be kept."""
    return await session.scalar(_crowded(keep).limit(1)) is not None


async def prune(session: AsyncSession, keep: int) -> int:
    """Delete all but the newest revisions of each post, at least one, and answer how many.

    The newest is the post as it stands, published or not: it is never deleted. At most 200 posts
    at a time, but for those that somebody is changing: whoever calls it does so again until there
    are none.
    """
    crowded = _crowded(keep).order_by(Post.id).limit(_BATCH)
    posts = (await session.scalars(crowded.with_for_update(key_share=True, skip_locked=True))).all()
    newest = select(Post.version).where(Post.id == Revision.post_id).scalar_subquery()
    pruned = delete(Revision).where(
        Revision.post_id.in_(posts), Revision.version <= newest - max(keep, 1)
    )
    bodies = list(await session.scalars(pruned.returning(Revision.body_id)))
    await _drop_bodies(session, sorted(set(bodies)))
    return len(bodies)


def _crowded(keep: int) -> Select[int]:
    old = exists().where(
        Revision.post_id == Post.id, Revision.version <= Post.version - max(keep, 1)
    )
    return select(Post.id).where(old)


async def _drop_bodies(session: AsyncSession, candidates: Sequence[int]) -> None:
    still = exists().where(Revision.body_id == Body.id) | exists().where(Post.body_id == Body.id)
    for start in range(0, len(candidates), _BODIES):
        batch = candidates[start : start + _BODIES]
        await session.execute(delete(Body).where(Body.id.in_(batch), ~still))


_BATCH = 200
_BODIES = 1_000


async def _content(session: AsyncSession, revision: Revision) -> PostContent:
    fields: dict[str, Any] = revision.snapshot
    authors, categories = await links.existing(session, fields["authorIds"], fields["categoryIds"])
    return PostContent(
        title=revision.title,
        excerpt=fields["excerpt"],
        author_ids=tuple(key for key in fields["authorIds"] if key in authors),
        category_ids=tuple(key for key in fields["categoryIds"] if key in categories),
        tags=tuple(fields["tags"]),
        sticky=fields["sticky"],
        comments_open=fields["commentsOpen"],
        image_id=await _image(session, fields["imageId"]),
    )


async def _image(session: AsyncSession, image_id: int | None) -> int | None:
    image = None if image_id is None else await session.get(Image, image_id)
    return None if image is None else image.id
