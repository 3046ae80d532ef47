"""Authors: making them and changing them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import Actor
from ...content import Addressed, Author, ChangeKind
from ...errors import Refused, UserErrorCode
from ...store import journal
from ...text.slugs import title_key
from .. import slugs
from ..faults import Faults
from ..unset import UNSET, Unset, chosen

MAX_NAME = 200
MAX_BIO = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateAuthor:
    """A new author."""

    name: str
    slug: str | None = None
    bio: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateAuthor:
    """What to change of an author."""

    id: int
    name: str | Unset = UNSET
    slug: str | Unset = UNSET
    bio: str | Unset = UNSET
    url: str | Unset | None = UNSET


async def create(session: AsyncSession, actor: Actor, wanted: CreateAuthor) -> Author:
    """Make an author. Raises Refused."""
    faults = Faults()
    fields = _checked(faults, wanted.name, wanted.bio, wanted.url)
    slug = slugs.check_slug(faults, wanted.slug)
    if slug is not None:
        await slugs.check_free(session, faults, Addressed.AUTHOR, slug)
    faults.refuse()
    slug = slug or await slugs.make(session, Addressed.AUTHOR, fields["name"])
    await slugs.take(session, Addressed.AUTHOR, slug)
    author = Author(slug=slug, **fields)
    session.add(author)
    await session.flush()
    record(session, actor, "create", author, ChangeKind.CREATED)
    return author


async def update(session: AsyncSession, actor: Actor, wanted: UpdateAuthor) -> Author:
    """Change an author; the old slug leads to the new one. Raises Refused."""
    author = await held(session, wanted.id)
    faults = Faults()
    fields = _checked(
        faults,
        chosen(wanted.name, author.name),
        chosen(wanted.bio, author.bio),
        chosen(wanted.url, author.url),
    )
    slug = await slugs.chosen_slug(session, faults, Addressed.AUTHOR, author, wanted.slug)
    faults.refuse()
    await slugs.readdress(session, Addressed.AUTHOR, author, slug)
    for name, value in fields.items():
        setattr(author, name, value)
    if session.is_modified(author):
        author.version += 1
        await session.flush()
        record(session, actor, "update", author, ChangeKind.UPDATED)
    return author


async def by_slug(session: AsyncSession, wanted: Collection[str]) -> dict[str, Author]:
    """Give the authors of these slugs, as many as there are."""
    found = await session.scalars(select(Author).where(Author.slug.in_(wanted)))
    return {author.slug: author for author in found}


async def held(session: AsyncSession, author_id: int, path: str = "id") -> Author:
    """Lock an author to change it. Raises Refused where there is none, for the field `path`."""
    author = await session.get(
        Author, author_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if author is None:
        raise Refused.because(UserErrorCode.NOT_FOUND, "There is no such author.", path)
    return author


def _checked(faults: Faults, name: str, bio: str, url: str | None) -> dict[str, Any]:
    name = faults.line(name, "name", limit=MAX_NAME, required=True)
    return {
        "name": name,
        "name_key": title_key(name),
        "bio": faults.lines(bio, "bio", limit=MAX_BIO),
        "url": None if url is None else faults.url(url, "url"),
    }


def record(
    session: AsyncSession,
    actor: Actor,
    action: str,
    author: Author,
    kind: ChangeKind,
    *,
    relisted: bool = False,
) -> None:
    """Note a change of an author; `relisted` says that posts bear other names by it."""
    journal.record(
        session,
        actor,
        action,
        "Author",
        author.id,
        kind,
        version=author.version,
        public=True,
        relisted=relisted,
    )
