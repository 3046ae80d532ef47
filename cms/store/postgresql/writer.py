"""Writing to PostgreSQL: each unit of work in a transaction and on a connection of its own."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from ...content import JournalEntry
from .. import journal
from ..writing import to_the_end


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
        async with AsyncSession(self._engine, expire_on_commit=False) as session:
            yield session
            if kept:
                # Otherwise something could be stored that no listener is told of.
                await to_the_end(asyncio.ensure_future(self._commit(session)))

    def alone(self) -> AbstractAsyncContextManager[None]:
        """Keep nobody away; see Writer."""
        return nullcontext()

    async def close(self) -> None:
        """Nothing is kept between units of work."""

    async def _commit(self, session: AsyncSession) -> None:
        entries = await journal.write(session)
        await session.commit()
        for listener in self._listeners:
            listener(entries)
