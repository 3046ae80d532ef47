"""What could not be made, remembered for a while: it is not tried again at once."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from ...store import clock

_WHILE = timedelta(minutes=10)
_MOST = 1_000

Failure = TypeVar("Failure", bound=Exception)
"""It is made again of its text."""


class Failures(Generic[Failure]):
    """Why something could not be made, by its digest."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, tuple[type[Failure], str, datetime]] = OrderedDict()

    def note(self, digest: str, failure: Failure) -> None:
        """Remember why something could not be made."""
        # Not the exception itself: it holds on to all that was at hand where it was raised.
        self._known[digest] = type(failure), str(failure), clock.now() + _WHILE
        self._known.move_to_end(digest)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)

    def find(self, digest: str) -> Failure | None:
        """Tell why something could not be made a while ago."""
        if digest not in self._known:
            return None
        kind, reason, until = self._known[digest]
        if until > clock.now():
            return kind(reason)
        del self._known[digest]
        return None
