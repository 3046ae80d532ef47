"""Whole answers to the public, kept in memory until something that they show changes.

The journal tells of changes: those of this process at the moment of commit, before whoever made
them is answered; those of other processes shortly after (see `store.follower`). An answer that is
being made while something is committed may have been read before the commit: it is kept only if
it shows nothing of that, and nobody who asks after the commit is made to share it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field

from ..content import JournalEntry
from ..store import clock
from ..store.dependencies import EVERYTHING, Tag, touched_by
from .finished import Finished
from .operations import GraphQLResponse, Made

_OVERHEAD = 2_000
"""Bytes that an entry takes besides what it holds."""
_TAG = 250
_MOST_REQUESTS = 8
"""Ways to write a request that lead to one answer; more of them take the long way."""


@dataclass(slots=True, eq=False)
class _Kept:
    """An answer, with the finished ones that were made of it, by their requests."""

    key: Hashable
    answer: GraphQLResponse
    tags: frozenset[Tag]
    size: int
    finished: dict[Hashable, Finished] = field(default_factory=dict)

    @property
    def is_over(self) -> bool:
        """Whether the instant has come at which the answer changes by itself."""
        until = self.answer.until
        return until is not None and until <= clock.now()


@dataclass(slots=True, eq=False)
class _Flight:
    """An answer in the making, and those who wait for it."""

    task: asyncio.Task[GraphQLResponse] | None = None
    waiting: int = 0
    touched: set[Tag] = field(default_factory=set)
    """What has changed since it was begun."""


class AnswerCache:
    """Keeps answers, at most `size` bytes of them, for as long as it is told of changes."""

    def __init__(self, size: int) -> None:
        self._size = self._room = size
        self._told = False
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._showing: dict[Tag, set[_Kept]] = {}
        self._by_request: dict[Hashable, _Kept] = {}
        self._flights: dict[Hashable, _Flight] = {}
        self._in_flight: set[_Flight] = set()

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def room(self) -> int:
        """Bytes that are free."""
        return self._room

    def found(self) -> None:
        """Begin to keep answers: from now on, all changes are told."""
        self.lost()
        self._told = True

    def lost(self) -> None:
        """Drop all, and keep nothing: changes may have gone untold."""
        self._told = False
        self._drop({EVERYTHING})

    def changed(self, entries: Sequence[JournalEntry]) -> None:
        """Drop what shows anything that was changed."""
        if entries:
            self._drop(touched_by(entries))

    def answer(self, key: Hashable) -> GraphQLResponse | None:
        """Give the answer kept under a key."""
        kept = self._kept.get(key)
        return None if kept is None or not self._is_good(kept) else kept.answer

    def finished(self, request: Hashable) -> Finished | None:
        """Give the finished answer to a request that came before in the same bytes."""
        kept = self._by_request.get(request)
        return None if kept is None or not self._is_good(kept) else kept.finished[request]

    def finish(
        self, key: Hashable, answer: GraphQLResponse, request: Hashable, finished: Finished
    ) -> None:
        """Keep what was made of an answer for a request, if the answer itself is kept."""
        kept = self._kept.get(key)
        # By now another answer may be kept in its place.
        if kept is None or kept.answer is not answer or len(kept.finished) >= _MOST_REQUESTS:
            return
        if request in self._by_request:
            return
        kept.finished[request] = finished
        self._by_request[request] = kept
        size = _size_of(request) + _OVERHEAD
        kept.size += size
        self._room -= size
        self._make_room()

    async def once(self, key: Hashable, make: Callable[[], Made]) -> GraphQLResponse:
        """Have an answer made and keep it; who wants the same in the meantime waits for it.

        It is made for as long as somebody waits.
        """
        flight = self._flights.get(key)
        if flight is None or flight.task is None:
            made = make()
            if isinstance(made, GraphQLResponse):
                # There was no meantime, for others to ask or for anything to change.
                self._keep(key, made, ())
                return made
            flight = self._flights[key] = _Flight()
            self._in_flight.add(flight)
            flight.task = asyncio.create_task(self._fly(key, flight, made))
        flight.waiting += 1
        try:
            return await asyncio.shield(flight.task)
        finally:
            flight.waiting -= 1
            if not flight.waiting:
                flight.task.cancel()
                self._land(key, flight)

    async def _fly(
        self, key: Hashable, flight: _Flight, made: Awaitable[GraphQLResponse]
    ) -> GraphQLResponse:
        try:
            answer = await made
            self._keep(key, answer, flight.touched)
        finally:
            self._land(key, flight)
        return answer

    def _land(self, key: Hashable, flight: _Flight) -> None:
        self._in_flight.discard(flight)
        if self._flights.get(key) is flight:
            del self._flights[key]

    def _keep(self, key: Hashable, answer: GraphQLResponse, touched: Collection[Tag]) -> None:
        tags = answer.shows
        if tags is None or not self._told or EVERYTHING in touched or not tags.isdisjoint(touched):
            return
        kept = _Kept(key, answer, tags, len(answer.body) + _size_of(key) + _OVERHEAD)
        kept.size += _TAG * len(tags)
        if kept.size > self._size // 4:
            return
        if present := self._kept.get(key):
            self._remove(present)
        self._kept[key] = kept
        for tag in tags:
            self._showing.setdefault(tag, set()).add(kept)
        self._room -= kept.size
        self._make_room()

    def _make_room(self) -> None:
        while self._room < 0:
            self._remove(next(iter(self._kept.values())))

    def _is_good(self, kept: _Kept) -> bool:
        if kept.is_over:
            self._remove(kept)
            return False
        self._kept.move_to_end(kept.key)
        return True

    def _drop(self, tags: Collection[Tag]) -> None:
        # Nobody who asks from now on may share what was read before.
        self._flights.clear()
        for flight in self._in_flight:
            flight.touched.update(tags)
        dropped = set(self._kept.values()) if EVERYTHING in tags else self._showing_any(tags)
        for kept in dropped:
            self._remove(kept)

    def _showing_any(self, tags: Collection[Tag]) -> set[_Kept]:
        return set().union(*(self._showing.get(tag, ()) for tag in tags))

    def _remove(self, kept: _Kept) -> None:
        del self._kept[kept.key]
        for request in kept.finished:
            del self._by_request[request]
        for tag in kept.tags:
            showing = self._showing[tag]
            showing.discard(kept)
            if not showing:
                del self._showing[tag]
        self._room += kept.size


def _size_of(key: Hashable) -> int:
    parts = key if isinstance(key, tuple) else (key,)
    return sum(
        _size_of(part) if isinstance(part, tuple) else len(part)
        for part in parts
        if isinstance(part, str | bytes | tuple)
    )
