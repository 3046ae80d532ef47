"""What plans remember of the rows that they have shown, within a bound for all of them."""

from collections.abc import Callable, Hashable
from typing import Any
from weakref import WeakSet

import orjson

from .values import to_json, trimmed

_LARGEST = 4_000
"""Bytes of what is remembered of a row: writing more costs little beside reading it."""
_WORTHWHILE = 2
"""How often a row must be asked for, on average, to be worth remembering."""
_REST = 20
"""Rows that are not remembered for each that was so in vain."""
_OVERHEAD = 500
"""Bytes that it takes besides its own and those of its row, which are about as many."""


class Room:
    """How many bytes the memories of all plans may take together; when they are full, all go."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.used = 0
        self._memories: WeakSet[Memory] = WeakSet()

    def admit(self, memory: "Memory") -> None:
        """Let a memory take of it."""
        self._memories.add(memory)

    def take(self, size: int) -> bool:
        """Take some of it, if need be all; tells whether there is as much."""
        if size > self.size:
            return False
        self.used += size
        if self.used > self.size:
            for memory in self._memories:
                memory.forget()
            self.used = size
        return True


class Memory:
    """What a plan has made of the rows of a list; `known` has it by row.

    Where few rows come again before there is no more room, it rests for a while.
    """

    def __init__(self, room: Room) -> None:
        self.known: dict[Hashable, orjson.Fragment] = {}
        self.sought = 0
        """Rows that it was asked for since it began."""
        self._resting = 0
        self._room = room
        room.admit(self)

    def make(self, row: Hashable, show: Callable[[Any], Any]) -> Any:
        """Make what is shown of a row, and remember it."""
        if self._resting > 0:
            self._resting -= 1
            return show(row)
        written = trimmed(to_json(show(row)))
        made, size = orjson.Fragment(written), len(written)
        if size <= _LARGEST and self._room.take(2 * size + _OVERHEAD):
            self.known[row] = made
        return made

    def forget(self) -> None:
        """Begin anew; who is at work keeps what it has seen."""
        made = len(self.known)
        if self.sought < _WORTHWHILE * made:
            self._resting = _REST * made
        self.sought = 0
        self.known = {}
