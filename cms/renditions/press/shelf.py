"""The shelf: renditions stored once they are made, within a bound."""

import asyncio
import logging
from collections.abc import Sequence

from ...errors import Unavailable
from ...media.storage import Storage
from ...media.stored import Stored
from .made import Made, unpack

_FOLDER = "renditions"
_STEP = 1 / 16
"""The part of the bound after which the shelf is counted again: others put things there too."""
_KEPT = 0.9
"""The part of the bound that is left when room was made, so that it is not made each time."""

_log = logging.getLogger(__name__)


class Shelf:
    """Stored renditions, at most `size` bytes of them, about: those used longest ago go first.

    How much there is, the storage itself tells: it is counted when the first one is put there, and
    then from time to time, so that several processes and their restarts keep one bound.
    """

    def __init__(self, storage: Storage, size: int) -> None:
        self._storage = storage
        self._size = size
        self._room = self._uncounted = 0
        self._counting = asyncio.Lock()

    async def find(self, digest: str) -> Made | None:
        """Give what is stored; None where nothing is that lasts, or where the storage fails."""
        try:
            packed = await self._storage.read(_key(digest))
            made = None if packed is None else unpack(packed)
        except (Unavailable, ValueError) as failure:
            _log.warning("A stored rendition cannot be read: %s", failure)
            return None
        return None if made is None or made.is_over else made

    async def put(self, digest: str, packed: bytes) -> None:
        """Store a rendition; one that cannot be stored is made anew another time."""
        if len(packed) > self._size:
            return
        try:
            await self._storage.write(_key(digest), packed)
            self._uncounted += len(packed)
            if not self._counting.locked():
                await self._make_room()
        except Unavailable as failure:
            _log.warning("A rendition cannot be stored: %s", failure)

    async def _make_room(self) -> None:
        async with self._counting:
            while self._uncounted > self._room:
                await self._count()

    async def _count(self) -> None:
        """Count what there is, drop what is too much, and find how much may come before the next.

        What is put there meanwhile may be counted twice, and is never forgotten.
        """
        self._uncounted = 0
        stored = sorted(await self._storage.list(_FOLDER), key=lambda known: known.used_at)
        total = sum(known.size for known in stored)
        if total > self._size:
            total = await self._drop(stored, total)
        self._room = int(min(self._size - total, self._size * _STEP))

    async def _drop(self, stored: Sequence[Stored], total: int) -> int:
        """Delete the first until the rest fits, and tell how much that is."""
        for known in stored:
            if total <= self._size * _KEPT:
                break
            await self._storage.delete(known.key)
            total -= known.size
        return total


def _key(digest: str) -> str:
    return f"{_FOLDER}/{digest[:2]}/{digest}"
