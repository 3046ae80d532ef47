"""Tags: making them before a post bears them, and renaming them."""

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import ChangeKind, Tag
from ...errors import Refused, UserErrorCode
from ...store import journal
from .. import slugs
from ..faults import Faults
from ..locks import take_turn
from ..unset import UNSET, Unset, chosen
from .naming import MAX_NAME, TURN, free_slug, name_key


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateTag:
    """A new tag."""

    name: str
    slug: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateTag:
    """What to change of a tag."""

    id: int
    name: str | Unset = UNSET
    slug: str | Unset = UNSET


async def create(session: AsyncSession, actor: Actor, wanted: CreateTag) -> Tag:
    """Make a tag. Raises Refused."""
    await take_turn(session, TURN)
    faults = Faults()
    name, slug = await _checked(session, faults, wanted.name, wanted.slug, None)
    faults.refuse()
    slug = slug or await free_slug(session, name)
    tag = Tag(name=name, name_key=name_key(name), slug=slug)
    session.add(tag)
    await session.flush()
    record(session, actor, "create", tag, ChangeKind.CREATED)
    return tag


async def update(session: AsyncSession, actor: Actor, wanted: UpdateTag) -> Tag:
    """Rename a tag, on all posts that bear it; its slug stays unless given. Raises Refused."""
    await take_turn(session, TURN)
    tag = await held(session, wanted.id)
    faults = Faults()
    given = chosen(wanted.slug, None)
    name, slug = await _checked(session, faults, chosen(wanted.name, tag.name), given, tag)
    faults.refuse()
    tag.name, tag.name_key, tag.slug = name, name_key(name), slug or tag.slug
    if session.is_modified(tag):
        await session.flush()
        record(session, actor, "update", tag, ChangeKind.UPDATED)
    return tag


async def held(session: AsyncSession, tag_id: int, path: str = "id") -> Tag:
    """Lock a tag to change it. Raises Refused where there is none, for the field `path`."""
    tag = await session.get(
        Tag, tag_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if tag is None:
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such tag.", path)
    return tag


def record(
    session: AsyncSession,
    actor: Actor,
    action: str,
    tag: Tag,
    kind: ChangeKind,
    *,
    relisted: bool = False,
) -> None:
    """Note a change of a tag; `relisted` says that posts bear other tags by it."""
    journal.record(session, actor, action, "Tag", tag.id, kind, public=True, relisted=relisted)


async def _checked(
    session: AsyncSession, faults: Faults, name: str, slug: str | None, present: Tag | None
) -> tuple[str, str | None]:
    name = faults.line(name, "name", limit=MAX_NAME, required=True)
    slug = slugs.check_slug(faults, slug)
    key = name_key(name)
    alike = select(Tag).where(or_(Tag.name_key == key, Tag.slug == slug))
    for other in await session.scalars(alike):
        if other is present:
            continue
        if other.name_key == key:
            faults.add(UserErrorCode.TAKEN, "There is a tag of this name.", "name")
        if other.slug == slug:
            faults.add(UserErrorCode.TAKEN, "This slug is taken.", "slug")
    return name, slug
