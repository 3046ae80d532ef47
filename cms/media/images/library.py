"""The images of a site: masters that are kept, and what is made of them when it is first wanted."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Self

from ..storage import Storage
from .intake import Master
from .kinds import ImageKind, VariantKind, kind_of
from .names import folder_of, master_key, print_key, variant_key, widths_of
from .scale import size_of
from .workbench import Workbench


@dataclass(frozen=True, slots=True)
class Kept:
    """A stored image: its bytes, and what they are."""

    content: bytes
    kind: ImageKind

    @classmethod
    def of(cls, content: bytes | None) -> Self | None:
        """Tell what was read from a storage; None where there was nothing."""
        kind = None if content is None else kind_of(content)
        return None if content is None or kind is None else cls(content, kind)


class Library:
    """Takes images in, and gives what is made of them; each thing is made once."""

    def __init__(self, storage: Storage, max_pixels: int) -> None:
        self._storage = storage
        self._workbench = Workbench()
        self._max_pixels = max_pixels
        self._making: dict[str, asyncio.Task[bytes | None]] = {}

    async def take_in(self, content: bytes, *, again: bool = False) -> Master:
        """Make a master of what was sent, without storing it. Raises as the workbench does.

        With `again` it is a master that was made before, and stays as it is.
        """
        told, made = await self._workbench.take_in(content, self._max_pixels, again=again)
        return Master(content=made, **{**told, "kind": ImageKind(told["kind"])})

    async def keep(self, master: Master) -> None:
        """Store a master, unless it is there already."""
        key = master_key(master.sha256)
        if await self._storage.read(key) is None:
            await self._storage.write(key, master.content)

    async def discard(self, sha256: str) -> None:
        """Remove a master, and all that was made of it."""
        await self._storage.delete(master_key(sha256))
        for stored in await self._storage.list(folder_of(sha256)):
            await self._storage.delete(stored.key)

    async def master(self, sha256: str) -> Kept | None:
        """Give a master; None where there is no such image."""
        return Kept.of(await self._storage.read(master_key(sha256)))

    async def variant(self, sha256: str, width: int, kind: VariantKind) -> Kept | None:
        """Give a variant; None where there is no such image, or it has none of that width."""

        async def make(master: bytes) -> bytes | None:
            if width not in widths_of(size_of(master)[0]):
                return None
            return await self._workbench.variant(master, width, kind)

        return Kept.of(await self._made(sha256, variant_key(sha256, width, kind), make))

    async def printed(self, sha256: str) -> Kept | None:
        """Give what is printed of an image: a PNG or a JPEG; None where there is no such image."""
        return Kept.of(await self._made(sha256, print_key(sha256), self._workbench.printed))

    async def reprinted(self, content: bytes) -> bytes:
        """Make what is printed of an image that is not to be the site's own; nothing is stored.

        Raises as the workbench does.
        """
        master = await self.take_in(content)
        return await self._workbench.printed(master.content)

    async def _made(
        self, sha256: str, key: str, make: Callable[[bytes], Awaitable[bytes | None]]
    ) -> bytes | None:
        """Give what is stored under a key; make it first where it is missing, once for all."""
        stored = await self._storage.read(key)
        if stored is not None:
            return stored
        if key not in self._making:
            task = asyncio.create_task(self._make(sha256, key, make))
            self._making[key] = task
            task.add_done_callback(lambda _: self._making.pop(key))
        return await asyncio.shield(self._making[key])

    async def _make(
        self, sha256: str, key: str, make: Callable[[bytes], Awaitable[bytes | None]]
    ) -> bytes | None:
        master = await self._storage.read(master_key(sha256))
        made = None if master is None else await make(master)
        if made is None:
            return None
        await self._storage.write(key, made)
        if await self._storage.read(master_key(sha256)) is None:
            await self._storage.delete(key)  # it was deleted in the meantime
            return None
        return made
