"""Writers: what opens units of work on one kind of database."""

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

from sqlalchemy.ext.asyncio import AsyncSession


class Writer(Protocol):
    """Opens units of work on one database."""

    def unit(self, *, kept: bool = True) -> AbstractAsyncContextManager[AsyncSession]:
        """Open a session whose changes are stored together at the end, or not at all.

        With `kept` false they are undone in any case.
        """

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Keep this process's units of work away, where there can be only one that writes."""

    async def close(self) -> None:
        """Give the connections back."""


async def to_the_end(work: "asyncio.Future[Any]") -> None:
    """Await what must not be left in the middle, even when the present task is cancelled."""
    try:
        await asyncio.shield(work)
    except asyncio.CancelledError:
        await asyncio.wait([work])
        raise
