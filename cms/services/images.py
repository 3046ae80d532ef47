"""Images: taking them in, saying what they show, and deleting them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from ..actors import Actor
from ..content import Body, ChangeKind, Image, Post, PostStatus
from ..errors import Refused, UserErrorCode
from ..media.images.intake import Master, Unacceptable
from ..media.images.library import Library
from ..store import clock, journal
from .faults import Faults
from .locks import bucket, take_turn
from .unset import UNSET, Unset, chosen

MAX_ALT = 1_000
MAX_CAPTION = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class AddImage:
    """A new image, sent by an author; `source_key` is what a second import finds it by."""

    master: Master
    alt: str = ""
    caption: str = ""
    author_id: int | None = None
    created_at: datetime | None = None
    source_key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateImage:
    """What to change of an image."""

    id: int
    alt: str | Unset = UNSET
    caption: str | Unset = UNSET


async def take_in(library: Library, content: bytes, *, alt: str = "", caption: str = "") -> Master:
    """Make a master of what was sent; nothing is stored yet. Raises Refused, and Unavailable."""
    faults = Faults()
    _checked(faults, alt, caption)
    faults.refuse()
    try:
        return await library.take_in(content)
    except Unacceptable as refusal:
        raise Refused.because(UserErrorCode.INVALID, str(refusal), "file") from None


async def add(session: AsyncSession, library: Library, actor: Actor, wanted: AddImage) -> Image:
    """Store an image: its bytes, unless they are there, and what is told of it. Raises Refused."""
    faults, master = Faults(), wanted.master
    words = _checked(faults, wanted.alt, wanted.caption)
    faults.refuse()
    # Nobody may be discarding the same bytes at this moment.
    await take_turn(session, bucket("image", master.sha256))
    await library.keep(master)
    image = Image(
        sha256=master.sha256,
        kind=str(master.kind),
        width=master.width,
        height=master.height,
        byte_size=len(master.content),
        frame_count=master.frame_count,
        blurhash=master.blurhash,
        author_id=wanted.author_id,
        created_at=wanted.created_at or clock.now(),
        source_key=wanted.source_key,
        **words,
    )
    session.add(image)
    await session.flush()
    _record(session, actor, "upload", image, ChangeKind.CREATED, public=False)
    return image


async def update(session: AsyncSession, actor: Actor, wanted: UpdateImage) -> Image:
    """Say something else of an image. Raises Refused."""
    image = await _held(session, wanted.id)
    faults = Faults()
    words = _checked(faults, chosen(wanted.alt, image.alt), chosen(wanted.caption, image.caption))
    faults.refuse()
    for name, value in words.items():
        setattr(image, name, value)
    if session.is_modified(image):
        image.version += 1
        await session.flush()
        shown = await is_public(session, image.id)
        _record(session, actor, "update", image, ChangeKind.UPDATED, public=shown)
    return image


async def delete(session: AsyncSession, actor: Actor, image_id: int) -> Image:
    """Delete an image that no post shows; its bytes are there until `discard`. Raises Refused."""
    image = await _held(session, image_id)
    where = await _used_by(session, image)
    if where is not None:
        message = f"The post “{where}” shows this image."
        raise Refused.because(UserErrorCode.CONFLICT, message, "id")
    await session.delete(image)
    await session.flush()
    image.version += 1
    _record(session, actor, "delete", image, ChangeKind.DELETED, public=False)
    return image


async def discard(session: AsyncSession, library: Library, sha256: str) -> None:
    """Remove bytes that no image has any more."""
    await take_turn(session, bucket("image", sha256))
    if not await session.scalar(select(exists().where(Image.sha256 == sha256))):
        await library.discard(sha256)


async def is_public(session: AsyncSession, image_id: int) -> bool:
    """Tell whether readers see an image on a post."""
    shown = exists().where(
        Post.image_id == image_id,
        Post.status == PostStatus.PUBLISHED,
        Post.published_at <= clock.now(),
    )
    return bool(await session.scalar(select(shown)))


async def find_by_source_key(session: AsyncSession, key: str) -> Image | None:
    """Give the image that was imported under a key."""
    found: Image | None = await session.scalar(select(Image).where(Image.source_key == key))
    return found


async def find_same(session: AsyncSession, sha256: str, alt: str, caption: str) -> Image | None:
    """Give an image of which the same is shown and told."""
    same = (Image.sha256 == sha256, Image.alt == alt, Image.caption == caption)
    found: Image | None = await session.scalar(select(Image).where(*same).limit(1))
    return found


async def _held(session: AsyncSession, image_id: int) -> Image:
    image = await session.get(Image, image_id, with_for_update=True, populate_existing=True)
    if image is None:
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such image.", "id")
    return image


async def _used_by(session: AsyncSession, image: Image) -> str | None:
    """Give the title of a post that shows an image, foremost or in its text as it stands."""
    in_text = Body.html.contains(f"/media/{image.sha256}", autoescape=True)
    title: str | None = await session.scalar(
        select(Post.title)
        .join(Body, Body.id == Post.body_id)
        .where(or_(Post.image_id == image.id, in_text))
        .limit(1)
    )
    return title


def _checked(faults: Faults, alt: str, caption: str) -> Mapping[str, str]:
    return {
        "alt": faults.line(alt, "alt", limit=MAX_ALT),
        "caption": faults.lines(caption, "caption", limit=MAX_CAPTION),
    }


def _record(
    session: AsyncSession, actor: Actor, action: str, image: Image, kind: ChangeKind, public: bool
) -> None:
    journal.record(
        session, actor, action, "Image", image.id, kind, version=image.version, public=public
    )
