"""Pictures from hosts that the operator listed: fetched once, and kept for print.

Nothing of what was fetched is kept but its pixels, under the address that it was fetched from: what
is printed of an address is then the same for good. Whoever asks must be content with what is at
hand; what could not be fetched is tried again when a while has passed.
"""

import asyncio
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape

from ...media.images.intake import Unacceptable
from ...media.images.library import Kept, Library
from ...media.images.names import images_in
from ...media.remote.failure import NotFetched
from ...media.remote.fetch import fetch
from ...media.remote.hosts import Hosts
from ...media.storage import Storage
from ...settings import Settings
from ..attempts.failures import Failures
from ..attempts.turns import turn
from .reading.addresses import image_address
from .source import Source

MOST = 100
"""Pictures that one rendition has fetched."""
SECONDS = 20
"""For all that one rendition has fetched; those that came in time are kept."""
_PLACES = 4
_ATTRIBUTES = r'(?:\s+[\w-]+="[^"]*")*'
_IMAGE = re.compile(f"<img({_ATTRIBUTES})")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


class RemotePictures:
    """Pictures of other servers that are named in posts."""

    def __init__(self, settings: Settings, storage: Storage, library: Library) -> None:
        self._hosts = Hosts(settings.image_hosts)
        self._most_bytes = settings.max_upload_bytes
        self._turns = settings.media_dir / ".turns"
        self._storage = storage
        self._library = library
        self._failures = Failures[NotFetched]()
        self._places = asyncio.Semaphore(_PLACES)

    def __bool__(self) -> bool:
        """Whether there is a host from which any could come."""
        return bool(self._hosts)

    def named_in(self, source: Source) -> Sequence[str]:
        """Give the addresses of those that a source shows, each once, in order."""
        addresses = _addresses_in(source) if self._hosts else ()
        return list(dict.fromkeys(filter(self._is_ours_to_fetch, addresses)))

    async def bring(self, sources: Iterable[Source], seconds: float = SECONDS) -> Mapping[str, str]:
        """Fetch what is not at hand, and tell why what could not be. Raises Unavailable."""
        named = dict.fromkeys(each for source in sources for each in self.named_in(source))
        tasks = {each: asyncio.create_task(self._bring(each)) for each in list(named)[:MOST]}
        if not tasks:
            return {}
        try:
            await asyncio.wait(tasks.values(), timeout=seconds)
        finally:
            for task in tasks.values():
                task.cancel()
            await asyncio.gather(*tasks.values(), return_exceptions=True)
        return {each: reason for each, task in tasks.items() if (reason := _reason(task))}

    async def printed(self, address: str) -> Kept | None:
        """Give what is at hand of an address, as it is printed."""
        return Kept.of(await self._storage.read(_key(address)))

    async def _bring(self, address: str) -> None:
        key = _key(address)
        if await self._storage.read(key) is not None:
            return
        if failure := self._failures.find(key):
            raise failure
        async with self._places, turn(self._turns, key.rpartition("/")[2]):
            if await self._storage.read(key) is None:
                await self._storage.write(key, await self._fetched(address, key))

    async def _fetched(self, address: str, key: str) -> bytes:
        try:
            content = await fetch(address, self._hosts, self._most_bytes)
            return await self._library.reprinted(content)
        except (NotFetched, Unacceptable) as failure:
            self._failures.note(key, NotFetched(str(failure)))
            raise NotFetched(str(failure)) from None

    def _is_ours_to_fetch(self, address: str) -> bool:
        return self._hosts.target(address) is not None and not images_in(address)


def _addresses_in(source: Source) -> Iterable[str]:
    """Find the addresses of images, written as the print document has them."""
    for attributes in _IMAGE.findall(source.html):
        given = dict(_ATTRIBUTE.findall(attributes)).get("src", "")
        if address := image_address(unescape(given), source.address):
            yield address


def _reason(task: asyncio.Task[None]) -> str | None:
    if task.cancelled():
        return "There was no time left for it."
    failure = task.exception()
    if failure is None or isinstance(failure, NotFetched):
        return str(failure) if failure else None
    raise failure


def _key(address: str) -> str:
    return f"remote/{hashlib.sha256(address.encode()).hexdigest()}"
