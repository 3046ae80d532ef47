"""What plans remember of the rows that they have shown, within a bound for all of them."""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple
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


class Made(NamedTuple):
    """A row, and what was made of it."""

    row: Any
    shown: Any


UNKNOWN = Made(None, None)
"""Stands where nothing is known of a key."""


class Memory:
    """What a plan has made of the rows of a list; `known` has it by the rows' keys.

    It is good for a row that is the same in all its values. These are compared, not hashed: the
    longest of them are texts, of which each hash would be made anew.

    Where few rows come again before there is no more room, it rests for a while.
    """

    def __init__(self, room: Room) -> None:
        self.known: dict[Hashable, Made] = {}
        self.sought = 0
        """Rows that it was asked for since it began."""
        self._resting = 0
        self._room = room
        room.admit(self)

    def make(self, key: Hashable, row: Any, show: Callable[[Any], Any]) -> Any:
        """Make what is shown of a row, and remember it under a key."""
        if self._resting > 0:
            self._resting -= 1
            return show(row)
        written = trimmed(to_json(show(row)))
        made, size = orjson.Fragment(written), len(written)
        if size <= _LARGEST and self._room.take(2 * size + _OVERHEAD):
            self.known[key] = Made(row, made)
        return made

    def forget(self) -> None:
        """Begin anew; who is at work keeps what it has seen."""
        made = len(self.known)
        if self.sought < _WORTHWHILE * made:
            self._resting = _REST * made
        self.sought = 0
        self.known = {}
