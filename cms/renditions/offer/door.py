"""The door: where renditions are, and what is behind their addresses."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, Generic, TypeVar

from sqlalchemy import Dialect

from ...errors import NotFound
from ...store.database import Database
from ...store.reading import Reading
from ..address import Address
from ..formats.format import Format, Formats, NotRenderable, RenditionFormat
from ..formats.options import PrintImages, RenditionOptions
from ..press.job import Commission, Job
from ..press.made import Made
from ..press.press import NotReady, Press, TooBusy

_LIGHT = frozenset({RenditionFormat.PRINT_HTML, RenditionFormat.MARKDOWN, RenditionFormat.TEXT})
"""Formats that are written as fast as they are read; others, plugins' too, go to a worker."""

MUCH = 20_000
"""What a book or a discussion may come to, in rows: too much to be read in the event loop."""

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
    def present(self, facts: Facts) -> Reading[Facts]:
        """Read the facts as they are now. Raises NotFound for what the public does not see."""

    @abstractmethod
    def job(self, present: Facts, wanted: Format, options: RenditionOptions) -> Reading[Job]:
        """Read what a rendition is made of. Raises NotFound, and NotRenderable."""

    def cost(self, options: RenditionOptions) -> int:
        """Tell how much a job may have to read, in rows."""
        return MUCH if options.comments else 0

    @property
    def dialect(self) -> Dialect:
        """The language of the database."""
        return self.database.engine.dialect

    def refusal(self, wanted: Format) -> str | None:
        """Tell why such things cannot be had in a format, in a sentence; None where they can."""
        return wanted.unavailable

    async def refreshed(self, facts: Facts) -> Facts:
        """Read the facts anew. Raises NotFound for what the public does not see."""
        return await self.database.reader.run(self.present(facts))

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
        address = self.address(facts, wanted, heeded)

        async def load() -> Job:
            reading = self._present_job(facts, address, wanted, heeded)
            # The address tells of one state of the content, and so must the bytes.
            return await self.database.reader.run(reading, self.cost(heeded), consistent=True)

        light = wanted.name in _LIGHT
        pictured = not light and heeded.images is PrintImages.ALL
        commission = Commission(address.digest, load, light=light, pictured=pictured)
        return await self.press.make(commission, patience)

    def _present_job(
        self, facts: Facts, address: Address, wanted: Format, options: RenditionOptions
    ) -> Reading[Job]:
        present = yield from self.present(facts)
        if self.address(present, wanted, options) != address:
            raise Superseded("It has been changed meanwhile.")
        job = yield from self.job(present, wanted, options)
        public_url = self.press.terms.public_url
        media_url = f"{public_url}/media" if public_url else f"{address.way_up}media"
        return job.of([replace(each, media_url=media_url) for each in job.sources])

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
