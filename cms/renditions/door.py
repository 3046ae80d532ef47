"""The door: where renditions are, and what is behind their addresses."""

from abc import ABC, abstractmethod
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from ..errors import NotFound
from ..store.database import Database
from ..store.sessions import reading_session
from .address import Address
from .formats import Format, Formats, NotRenderable, RenditionFormat
from .job import Commission, Job
from .made import Made
from .options import PrintImages, RenditionOptions
from .press import NotReady, Press, TooBusy

_LIGHT = frozenset({RenditionFormat.PRINT_HTML, RenditionFormat.MARKDOWN, RenditionFormat.TEXT})
"""Formats that are written as fast as they are read; others, plugins' too, go to a worker."""


Facts = TypeVar("Facts")
"""What tells one state of what is rendered from another; addresses are made of it."""


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
    is_provisional: bool = False
    """Whether it lacks something that may be there when it is made another time."""


class Superseded(NotFound):
    """What was rendered has been changed: the rendition has another address now."""


@dataclass(frozen=True, slots=True)
class Renditions(ABC, Generic[Facts]):
    """The renditions of things of one kind: posts, the books of categories, anthologies."""

    database: Database
    formats: Formats
    press: Press

    is_private: ClassVar[bool] = False
    """Whether they are for those alone who were told their addresses, and for no cache."""

    @abstractmethod
    def address(self, facts: Facts, wanted: Format, options: RenditionOptions) -> Address:
        """Give the one address of a rendition."""

    @abstractmethod
    async def present(self, session: AsyncSession, facts: Facts) -> Facts:
        """Read the facts as they are now. Raises NotFound for what the public does not see."""

    @abstractmethod
    async def job(
        self, session: AsyncSession, present: Facts, wanted: Format, options: RenditionOptions
    ) -> Job:
        """Read what a rendition is made of. Raises NotFound, and NotRenderable."""

    def refusal(self, wanted: Format) -> str | None:
        """Tell why such things cannot be had in a format, in a sentence; None where they can."""
        return wanted.unavailable

    async def refreshed(self, facts: Facts) -> Facts:
        """Read the facts anew. Raises NotFound for what the public does not see."""
        async with reading_session(self.database) as session:
            return await self.present(session, facts)

    async def make(
        self, facts: Facts, wanted: Format, options: RenditionOptions, patience: float | None = None
    ) -> Made:
        """Give a rendition, which is made unless it is stored.

        Raises Superseded where `facts` are not the present ones any more, NotFound for what the
        public does not see, and what `Press.make` raises.
        """
        if refusal := self.refusal(wanted):
            raise NotRenderable(refusal)
        heeded = options.only(wanted.heeds)

        async def load() -> Job:
            async with _snapshot(self.database) as session:
                present = await self.present(session, facts)
                if self.address(present, wanted, heeded) != address:
                    raise Superseded("It has been changed meanwhile.")
                job = await self.job(session, present, wanted, heeded)
                return job.of([replace(each, media_url=media_url) for each in job.sources])

        address = self.address(facts, wanted, heeded)
        public_url = self.press.terms.public_url
        media_url = f"{public_url}/media" if public_url else f"{address.way_up}media"
        light = wanted.name in _LIGHT
        pictured = not light and heeded.images is PrintImages.ALL
        commission = Commission(address.digest, load, light=light, pictured=pictured)
        return await self.press.make(commission, patience)

    def describe(
        self, facts: Facts, format_name: str, options: RenditionOptions, base_url: str
    ) -> Rendition:
        """Tell where a rendition is to be had, without making it.

        It is READY: stored, or made when it is fetched; or FAILED, where that was in vain of late.
        Raises NotFound for the format.
        """
        wanted = self.formats.named(format_name)
        address = self.address(facts, wanted, options)
        told = Rendition(
            wanted.name, RenditionStatus.READY, address.under(base_url), wanted.media_type
        )
        if refusal := self.refusal(wanted):
            return _failed(told, refusal)
        if failure := self.press.failure(address.digest):
            return _failed(told, str(failure))
        return told

    async def tell(
        self,
        facts: Facts,
        format_name: str,
        options: RenditionOptions,
        base_url: str,
        patience: float | None = None,
    ) -> Rendition:
        """Tell the size, the hash and the warnings of a rendition too, which is made for that.

        It is QUEUED when that takes more than `patience` seconds, or when too much is to be made.
        Raises NotFound for the format, or for what the public does not see.
        """
        wanted = self.formats.named(format_name)
        told = self.describe(facts, format_name, options, base_url)
        try:
            made = await self.make(facts, wanted, options, patience)
        except Superseded:
            present = await self.refreshed(facts)
            return _queued(self.describe(present, format_name, options, base_url))
        except (NotReady, TooBusy):
            return _queued(told)
        except NotRenderable as refusal:
            return _failed(told, str(refusal))
        return _made(told, made)


@asynccontextmanager
async def _snapshot(database: Database) -> AsyncIterator[AsyncSession]:
    """Open a session whose statements all see one state: the address tells of the same bytes."""
    async with reading_session(database) as session:
        if database.dialect_name == "postgresql":
            await session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


def _made(told: Rendition, made: Made) -> Rendition:
    output = made.output
    return replace(
        told,
        status=RenditionStatus.READY,
        byte_size=len(output.content),
        page_count=output.page_count,
        sha256=made.sha256,
        warnings=output.warnings,
        is_provisional=output.is_provisional,
    )


def _queued(told: Rendition) -> Rendition:
    return replace(told, status=RenditionStatus.QUEUED)


def _failed(told: Rendition, reason: str) -> Rendition:
    return replace(told, status=RenditionStatus.FAILED, warnings=(reason,))
