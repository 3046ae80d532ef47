"""The door: where a rendition of a post is, and what is behind that address."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from enum import StrEnum

from sqlalchemy.ext.asyncio import AsyncSession

from ..errors import NotFound
from ..store.database import Database
from ..store.sessions import reading_session
from .address import Address, Facts, address_of
from .core import FORMATS
from .formats import Format, Formats, NotRenderable, Output
from .loading import load_facts, load_source
from .make import document_of
from .options import RenditionOptions
from .shortfalls import Shortfalls
from .source import Source


class RenditionStatus(StrEnum):
    """Whether a rendition can be fetched."""

    READY = "READY"
    QUEUED = "QUEUED"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True)
class Rendition:
    """A rendition as the API tells of it; size and hash are known once it has been made."""

    format: str
    status: RenditionStatus
    url: str
    media_type: str
    byte_size: int | None = None
    page_count: int | None = None
    sha256: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Made:
    """A rendition that was made: the address that its bytes have for good, and the bytes."""

    address: Address
    canonical: str
    """Where the post is read on the site."""
    output: Output


def describe(
    facts: Facts,
    format_name: str,
    options: RenditionOptions,
    base_url: str,
    *,
    formats: Formats = FORMATS,
) -> Rendition:
    """Tell where a rendition is to be had, without making it. Raises NotFound for the format."""
    wanted = formats.named(format_name)
    url = address_of(facts, wanted, options).under(base_url)
    if wanted.unavailable:
        return _failed(wanted, url, wanted.unavailable)
    return Rendition(wanted.name, RenditionStatus.READY, url, wanted.media_type)


async def rendition(
    database: Database,
    post_id: int,
    format_name: str,
    options: RenditionOptions,
    base_url: str,
    *,
    formats: Formats = FORMATS,
) -> Rendition:
    """Make a rendition to tell its size, hash and warnings.

    Raises NotFound for a format that is not known, or a post that the public does not see.
    """
    wanted = formats.named(format_name)
    address = await current_address(database, post_id, wanted, options)
    if wanted.unavailable:
        return _failed(wanted, address.under(base_url), wanted.unavailable)
    try:
        made = await render(database, post_id, wanted, options)
    except NotRenderable as refusal:
        return _failed(wanted, address.under(base_url), str(refusal))
    content = made.output.content
    return Rendition(
        wanted.name,
        RenditionStatus.READY,
        made.address.under(base_url),
        wanted.media_type,
        byte_size=len(content),
        page_count=made.output.page_count,
        sha256=hashlib.sha256(content).hexdigest(),
        warnings=made.output.warnings,
    )


async def current_address(
    database: Database, post_id: int, wanted: Format, options: RenditionOptions
) -> Address:
    """Give the address of a rendition as the post stands.

    Raises NotFound for a post that the public does not see.
    """
    async with reading_session(database) as session:
        facts = await load_facts(session, post_id)
    if facts is None:
        raise _unseen()
    return address_of(facts, wanted, options)


async def render(
    database: Database, post_id: int, wanted: Format, options: RenditionOptions
) -> Made:
    """Make a rendition of a post as it stands.

    Raises NotFound for a post that the public does not see, and NotRenderable.
    """
    options = options.only(wanted.heeds)
    async with _snapshot(database) as session:
        facts = await load_facts(session, post_id)
        source = await load_source(session, post_id, comments=options.comments)
    if facts is None or source is None:
        raise _unseen()
    # Other requests are answered in the meantime.
    output = await asyncio.to_thread(_write, source, wanted, options)
    return Made(address_of(facts, wanted, options), source.address, output)


def _write(source: Source, wanted: Format, options: RenditionOptions) -> Output:
    shortfalls = Shortfalls()
    output = wanted.render(document_of(source, shortfalls), options)
    return replace(output, warnings=(*shortfalls.warnings, *output.warnings))


@asynccontextmanager
async def _snapshot(database: Database) -> AsyncIterator[AsyncSession]:
    """Open a session whose statements all see one state: the address tells of the same bytes."""
    async with reading_session(database) as session:
        if database.dialect_name == "postgresql":
            await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


def _unseen() -> NotFound:
    return NotFound("There is no such post to be seen")


def _failed(wanted: Format, url: str, reason: str) -> Rendition:
    return Rendition(
        wanted.name, RenditionStatus.FAILED, url, wanted.media_type, warnings=(reason,)
    )
