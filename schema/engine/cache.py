"""A mapping that forgets what was used longest ago."""

import math
from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class LeastRecentlyUsed(Generic[Key, Value]):
    """Keeps at most `size` entries, which weigh at most `room` together, say in bytes."""

    def __init__(self, size: int, room: float = math.inf) -> None:
        self._size = size
        self._room = room
        self._entries: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self.weight = 0

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, key: Key) -> Value | None:
        """Give the entry, and note that it was used."""
        entry = self._entries.get(key)
        if entry is None:
            return None
        self._entries.move_to_end(key)
        return entry[0]

    def put(self, key: Key, value: Value, weight: int = 0) -> None:
        """Keep an entry, at the cost of those used longest ago; one without room is not kept."""
        if weight > self._room:
            return
        _, before = self._entries.pop(key, (None, 0))
        self._entries[key] = (value, weight)
        self.weight += weight - before
        while len(self._entries) > self._size or self.weight > self._room:
            _, (_, freed) = self._entries.popitem(last=False)
            self.weight -= freed
