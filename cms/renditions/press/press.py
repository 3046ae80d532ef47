"""The press: makes each rendition once, in nobody's way, and keeps it."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from ...errors import PressroomError, Unavailable
from ...media.images.library import Library
from ...media.storage import Storage
from ...settings import Settings
from ..attempts.failures import Failures
from ..attempts.turns import turn
from ..formats.format import NotRenderable
from ..making.pictures import with_pictures
from ..making.remote_pictures import RemotePictures
from ..terms import Terms
from .job import FAULT, Commission, Job, NotMade
from .made import Made, pack, unpack
from .shelf import Shelf
from .workers.limits import Limits
from .workers.pool import Pool

LITTLE = 40_000
"""Characters of HTML of which a light format is made at once; what has more is left to a worker."""
_AT_ONCE = 2
_STOPPING = "The server is about to stop."

_log = logging.getLogger(__name__)


class NotReady(Exception):
    """A rendition that is being made, or waits to be; it can be asked for again."""


class TooBusy(Unavailable):
    """So much waits to be made that no more is begun."""


@dataclass(frozen=True, slots=True)
class _Making:
    """A rendition that is being made by `task`; `made` is there before it is stored."""

    made: asyncio.Future[Made]
    task: asyncio.Task[None]

    @property
    def is_over(self) -> bool:
        """Whether what was made does not hold any more."""
        made = self.made
        if not made.done() or made.cancelled() or made.exception() is not None:
            return False
        return made.result().is_over


class Press:
    """Makes renditions; it lasts as long as the application."""

    def __init__(self, settings: Settings, storage: Storage, images: Library) -> None:
        self._turns = settings.media_dir / ".turns"
        self._most = settings.rendition_queue
        self.terms = Terms.of(settings)
        self._shelf = Shelf(storage, settings.renditions_bytes)
        self._images = images
        self._remote = RemotePictures(settings, storage, images)
        self._failures = Failures[NotRenderable]()
        self._making: dict[str, _Making] = {}
        self._is_closed = False
        limits = Limits(settings.rendition_timeout, settings.rendition_memory)
        self._pool = Pool(settings.rendition_workers, limits)
        self._at_once = asyncio.Semaphore(_AT_ONCE)

    def failure(self, digest: str) -> NotRenderable | None:
        """Tell why a rendition could not be made a while ago."""
        return self._failures.find(digest)

    async def make(self, wanted: Commission, patience: float | None = None) -> Made:
        """Give a rendition that is stored, or have it made, once for all who want it.

        It is made to its end, whoever goes away meanwhile. Raises NotReady when that takes more
        than `patience` seconds, TooBusy, NotRenderable, and what `wanted.load` raises.
        """
        making = self._making.get(wanted.digest)
        if making is not None and making.is_over:
            # It is still being stored, and has to be made anew.
            await asyncio.wait([making.task])
        if wanted.digest not in self._making:
            if failure := self._failures.find(wanted.digest):
                raise failure
            if found := await self._shelf.find(wanted.digest):
                return found
        made = self._begun(wanted)
        await asyncio.wait([made], timeout=patience)
        if not made.done():
            raise NotReady
        if made.cancelled():
            raise Unavailable(_STOPPING)
        return made.result()

    async def close(self) -> None:
        """Give up whatever is being made, store what was, and end the workers."""
        self._is_closed = True
        begun = list(self._making.values())
        for making in begun:
            if making.made.cancel():
                making.task.cancel()
        await asyncio.gather(*(making.task for making in begun), return_exceptions=True)
        self._making.clear()
        await self._pool.close()

    def _begun(self, wanted: Commission) -> asyncio.Future[Made]:
        making = self._making.get(wanted.digest)
        if making is None:
            if self._is_closed:
                raise Unavailable(_STOPPING)
            if len(self._making) >= self._most:
                raise TooBusy("Too many renditions wait to be made.")
            made = asyncio.get_running_loop().create_future()
            task = asyncio.create_task(self._work(wanted, made))
            making = self._making[wanted.digest] = _Making(made, task)
        return making.made

    async def _work(self, wanted: Commission, made: asyncio.Future[Made]) -> None:
        try:
            await self._make(wanted, made)
        except Exception as failure:
            if not made.done():
                made.set_exception(self._explained(wanted, failure))
                made.exception()  # By now perhaps nobody waits for it.
        finally:
            self._making.pop(wanted.digest, None)

    async def _make(self, wanted: Commission, made: asyncio.Future[Made]) -> None:
        if wanted.light and await self._make_at_once(wanted, made):
            return
        async with turn(self._turns, wanted.digest):
            if found := await self._shelf.find(wanted.digest):
                made.set_result(found)
                return
            absent = await self._brought(wanted)
            async with self._pool.worker() as worker:
                packed = await worker.run(await self._loaded(wanted, absent))
            await self._finish(wanted, made, packed)

    async def _brought(self, wanted: Commission) -> Mapping[str, str]:
        """Fetch pictures of other servers while no worker waits; tell which could not be, and why.

        What it is made of is read again later, since the turn of a worker may be long in coming.
        """
        if not (wanted.pictured and self._remote):
            return {}
        return await self._remote.bring((await wanted.load()).sources)

    async def _loaded(self, wanted: Commission, absent: Mapping[str, str]) -> Job:
        job = await wanted.load()
        if not wanted.pictured:
            return job
        return job.of(await with_pictures(job.sources, self._images, self._remote, absent))

    async def _make_at_once(self, wanted: Commission, made: asyncio.Future[Made]) -> bool:
        """Make a rendition in this process, if it is little work; tell whether it was."""
        async with self._at_once:
            job = await wanted.load()
            if job.size > LITTLE:
                return False
            packed = await asyncio.to_thread(_run, job)
        await self._finish(wanted, made, packed)
        return True

    async def _finish(self, wanted: Commission, made: asyncio.Future[Made], packed: bytes) -> None:
        """Hand a rendition to those who wait for it, and store it."""
        made.set_result(unpack(packed))
        await self._shelf.put(wanted.digest, packed)

    def _explained(self, wanted: Commission, failure: Exception) -> Exception:
        """Give what those who wait are told, and remember what would come again."""
        if isinstance(failure, PressroomError):
            return failure
        if not isinstance(failure, NotRenderable):
            _log.error("A rendition could not be made", exc_info=failure)
            failure = NotMade(FAULT)
        self._failures.note(wanted.digest, failure)
        return failure


def _run(job: Job) -> bytes:
    return pack(job.run())
