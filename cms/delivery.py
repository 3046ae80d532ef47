"""Delivery: telling handlers of events, each in the order of the journal, at least once.

Each handler has a place of its own in the journal, which outlives the process; one that fails is
called again with the same event, later and later, and holds up nobody else. Of several processes
one at a time calls it.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from .content import HandlerPlace, JournalEntry
from .errors import PressroomError
from .store import clock, handler_places
from .store.database import Database
from .store.events import Event, entities_of, event_of
from .store.follower import following
from .store.sessions import reading_session, unit_of_work

PATIENCE = 25.0
"""Seconds that a handler may take for an event."""
_TURN = timedelta(seconds=PATIENCE + 5)
"""How long a process that was killed while it called a handler keeps it from the others."""
_LONGEST_PAUSE = 300
_GRACE = 5.0
"""Seconds for what a handler is doing when the application ends."""
_UNREACHABLE = 1.0
"""Seconds until the next try where the database does not answer."""
_IDLE_ENTRIES = 1_000
"""How many entries that do not concern a handler are passed over without noting it."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A handler: which events it is told of, under a name that its place is kept by."""

    name: str
    events: tuple[type[Event], ...]
    call: Callable[[Event], Awaitable[None]]


@asynccontextmanager
async def delivering(database: Database, subscribers: Sequence[Subscriber]) -> AsyncIterator[None]:
    """Tell handlers of events for as long as the context lasts, beginning where they stopped."""
    couriers = [Courier(database, subscriber) for subscriber in subscribers]
    async with AsyncExitStack() as stack:
        for courier in couriers:
            await courier.begin()
            await stack.enter_async_context(_running(courier))
        if couriers:
            await stack.enter_async_context(following(database, _Bell(couriers)))
        yield


@asynccontextmanager
async def _running(courier: "Courier") -> AsyncIterator[None]:
    task = asyncio.create_task(courier.run())
    try:
        yield
    finally:
        courier.stop()
        await asyncio.wait([task], timeout=_GRACE)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


class Courier:
    """Tells one handler."""

    def __init__(self, database: Database, subscriber: Subscriber) -> None:
        self._database = database
        self._subscriber = subscriber
        self._passed = 0
        """The last entry known not to concern the handler."""
        self._woken = asyncio.Event()
        self._ending = False

    def wake(self) -> None:
        """Have it look into the journal."""
        self._woken.set()

    def stop(self) -> None:
        """Have it end after what it is doing."""
        self._ending = True
        self.wake()

    async def begin(self) -> None:
        """Have a handler that is new begin here."""
        with suppress(SQLAlchemyError, OSError, PressroomError):
            async with unit_of_work(self._database) as session:
                await handler_places.begin(session, self._subscriber.name)

    async def run(self) -> None:
        """Tell the handler what happens, until it is stopped."""
        while not self._ending:
            try:
                pause = await self._advance()
            except Exception:
                # Whatever it is, nothing may stop this for good.
                _log.warning("Events for %s wait", self._subscriber.name, exc_info=True)
                pause = _UNREACHABLE
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._woken.wait()
            self._woken.clear()

    async def _advance(self) -> float | None:
        """Tell of the next event; answer in how many seconds there may be more to do, if any."""
        async with reading_session(self._database) as session:
            place = await session.get(HandlerPlace, self._subscriber.name)
            found = await self._next(session, place) if place else None
        if place is None:
            await self.begin()
            return _UNREACHABLE
        if found is None:
            await self._pass_over(place)
            return None
        if place.held_until is not None and place.held_until > clock.now():
            return (place.held_until - clock.now()).total_seconds()
        try:
            if await self._hold(place):
                await self._tell(place, found)
        except asyncio.CancelledError:
            async with unit_of_work(self._database) as session:
                await handler_places.release(session, place)
            raise
        return 0

    async def _hold(self, place: HandlerPlace) -> bool:
        async with unit_of_work(self._database) as session:
            return await handler_places.hold(session, place, clock.now() + _TURN)

    async def _next(self, session: AsyncSession, place: HandlerPlace) -> Event | None:
        after = max(self._passed, place.entry_id)
        end = await session.scalar(select(func.max(JournalEntry.id))) or 0
        entries = select(JournalEntry).where(
            JournalEntry.id > after,
            JournalEntry.id <= end,
            JournalEntry.entity.in_(entities_of(self._subscriber.events)),
        )
        rows = await session.stream_scalars(
            entries.order_by(JournalEntry.id), execution_options={"yield_per": 100}
        )
        async for entry in rows:
            event = event_of(entry)
            if isinstance(event, self._subscriber.events):
                return event
            self._passed = entry.id
        self._passed = max(after, end)
        return None

    async def _pass_over(self, place: HandlerPlace) -> None:
        """Note now and then how far there is nothing, so that nobody looks there again."""
        if self._passed - place.entry_id >= _IDLE_ENTRIES:
            async with unit_of_work(self._database) as session:
                await handler_places.move(session, place, self._passed)

    async def _tell(self, place: HandlerPlace, event: Event) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._subscriber.call(event)
        except Exception:
            await self._give_time(place, event)
        else:
            async with unit_of_work(self._database) as session:
                await handler_places.move(session, place, event.id)

    async def _give_time(self, place: HandlerPlace, event: Event) -> None:
        pause = min(2**place.failures, _LONGEST_PAUSE)
        told = "The handler %s failed on event %d, and is called again in %d seconds"
        _log.exception(told, self._subscriber.name, event.id, pause)
        async with unit_of_work(self._database) as session:
            await handler_places.fail(session, place, timedelta(seconds=pause))


class _Bell:
    """Wakes couriers whenever something may have happened."""

    def __init__(self, couriers: Sequence[Courier]) -> None:
        self._couriers = couriers

    def found(self) -> None:
        self.lost()

    def changed(self, entries: Sequence[JournalEntry]) -> None:
        if entries:
            self.lost()

    def lost(self) -> None:
        for courier in self._couriers:
            courier.wake()
