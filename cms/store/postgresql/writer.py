"""Writing to PostgreSQL: each unit of work in a transaction and on a connection of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from ...content import JournalEntry
from .. import journal
from ..writing import to_the_end
from .unit import Unit


class PostgreSQLWriter:
    """Opens units of work, as many at once as the pool has connections."""

    def __init__(
        self, engine: AsyncEngine, listeners: Sequence[Callable[[Sequence[JournalEntry]], None]]
    ) -> None:
        self._engine = engine
        self._listeners = listeners

    @asynccontextmanager
    async def unit(self, *, kept: bool = True) -> AsyncIterator[AsyncSession]:
        """Open a unit of work; see Writer."""
        unit = Unit(await self._engine.connect())
        try:
            yield unit.session
            if kept:
                # Otherwise something could be stored that no listener is told of.
                await to_the_end(asyncio.ensure_future(self._commit(unit)))
        except BaseException as error:
            # Who was cancelled may have left the connection in the middle of anything.
            known = isinstance(error, Exception)
            await to_the_end(asyncio.ensure_future(unit.end() if known else unit.discard()))
            raise
        await to_the_end(asyncio.ensure_future(unit.end()))

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Keep nobody away; see Writer."""
        return nullcontext()

    async def close(self) -> None:
        """Nothing is kept between units of work."""

    async def _commit(self, unit: Unit) -> None:
        entries = await journal.write(unit.session)
        await unit.commit()
        for listener in self._listeners:
            listener(entries)
