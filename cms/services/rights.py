"""Rights: who may do what. What a right lets its holder see is `store.visibility`'s.

    READER       comments
    CONTRIBUTOR  creates drafts, and edits their own: posts that bear no other name than that of
                 the author they write as, and that the public never saw; sends images, and says
                 what those show until the public sees them
    MODERATOR    decides about comments on posts that they see
    EDITOR       decides about posts, categories, authors and images
    ADMIN        decides about access tokens

Each role has the rights of those before it.
"""

import dataclasses
from collections.abc import Collection, Sequence
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from ..actors import ANONYMOUS, Actor, Role
from ..content import Image, Post, PostStatus
from ..errors import Forbidden, Refused, Unauthenticated, UserErrorCode
from ..store import clock
from ..store.visibility import own_draft
from . import images
from .categories import tree
from .posts import CreatePost, UpdatePost
from .posts.state import is_public
from .unset import Unset


class Right(StrEnum):
    """What may be done."""

    COMMENT = "COMMENT"
    WRITE = "WRITE"
    MODERATE = "MODERATE"
    EDIT = "EDIT"
    ADMINISTER = "ADMINISTER"


LEAST_ROLES = {
    Right.COMMENT: Role.READER,
    Right.WRITE: Role.CONTRIBUTOR,
    Right.MODERATE: Role.MODERATOR,
    Right.EDIT: Role.EDITOR,
    Right.ADMINISTER: Role.ADMIN,
}


def require(actor: Actor, right: Right) -> None:
    """Let through only who has a right.

    Raises Forbidden; Unauthenticated for who did not say who they are.
    """
    role = LEAST_ROLES[right]
    if actor.is_at_least(role):
        return
    if actor == ANONYMOUS:
        raise Unauthenticated(f"This takes an access token with the role {role}, or a higher one.")
    raise Forbidden(f"This takes the role {role}, or a higher one; yours is {actor.role}.")


def new_post(actor: Actor, wanted: CreatePost) -> CreatePost:
    """Give a new post as the actor may create it: who is no editor signs what they write.

    Raises Forbidden.
    """
    if actor.is_at_least(Role.EDITOR):
        return wanted
    if wanted.publish:
        raise Forbidden("Only editors publish.")
    own = _own_byline(actor)
    if wanted.author_ids:
        _check_byline(own, wanted.author_ids)
    return dataclasses.replace(wanted, author_ids=own)


async def check_update(session: AsyncSession, actor: Actor, wanted: UpdatePost) -> None:
    """Let through only who may change a post so.

    Raises Forbidden, and Refused where the actor does not see the post.
    """
    await check_edit(session, actor, wanted.id)
    await check_image(session, actor, wanted.image_id)
    if not actor.is_at_least(Role.EDITOR) and not isinstance(wanted.author_ids, Unset):
        _check_byline(_own_byline(actor), wanted.author_ids)


async def check_edit(session: AsyncSession, actor: Actor, post_id: int, field: str = "id") -> None:
    """Let through only who may change what a post says; the post stays locked.

    Raises Forbidden, and Refused, naming the field, where the actor does not see the post.
    """
    if actor.is_at_least(Role.EDITOR):
        return
    await tree.hold(session)
    post = await session.get(
        Post, post_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if post is not None and await _is_own_draft(session, actor, post_id):
        return
    if post is not None and is_public(post, clock.now()):
        raise Forbidden("Only editors change what is not a draft of their own.")
    raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such post.", field)


def check_upload(actor: Actor) -> None:
    """Let through only who may send images: who is no editor does so as an author.

    Raises Forbidden, and as `require` does.
    """
    require(actor, Right.WRITE)
    if not actor.is_at_least(Role.EDITOR):
        _own_byline(actor)


async def check_image(session: AsyncSession, actor: Actor, image_id: int | Unset | None) -> None:
    """Let through only who sees the image that a post is to show.

    Raises Refused for an image that the actor does not see.
    """
    if actor.is_at_least(Role.EDITOR) or not isinstance(image_id, int):
        return
    if not await _sent(session, actor, image_id) and not await images.is_public(session, image_id):
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such image.", "imageId")


async def check_image_update(session: AsyncSession, actor: Actor, image_id: int) -> None:
    """Let through only who may say something else of an image.

    Raises Forbidden, and Refused where the actor does not see the image.
    """
    if actor.is_at_least(Role.EDITOR):
        return
    if await images.is_public(session, image_id):
        raise Forbidden("Only editors change what readers see.")
    if not await _sent(session, actor, image_id):
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such image.", "id")


def posts_in_sight(actor: Actor) -> Sequence[ColumnElement[bool]]:
    """Give the conditions under which an actor decides about what stands on a post."""
    if actor.is_at_least(Role.EDITOR):
        return ()
    return (Post.status == PostStatus.PUBLISHED, Post.published_at <= clock.now())


async def _is_own_draft(session: AsyncSession, actor: Actor, post_id: int) -> bool:
    post = Post.__table__
    own = select(post.c.id).where(post.c.id == post_id, own_draft(post, actor.author_id))
    return await session.scalar(own) is not None


async def _sent(session: AsyncSession, actor: Actor, image_id: int) -> bool:
    image = await session.get(Image, image_id)
    return image is not None and actor.author_id is not None and image.author_id == actor.author_id


def _own_byline(actor: Actor) -> tuple[int]:
    if actor.author_id is None:
        raise Forbidden("Your token names no author to write as.")
    return (actor.author_id,)


def _check_byline(own: Collection[int], author_ids: Collection[int]) -> None:
    if set(author_ids) != set(own):
        raise Forbidden("Only editors sign with other names than their own.")
