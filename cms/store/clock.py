"""What time it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime


class _Clock:
    """Where the time comes from."""

    read: Callable[[], datetime]


def _system() -> datetime:
    return datetime.now(UTC)


_clock = _Clock()
_clock.read = _system


def now() -> datetime:
    """Give the present instant, in UTC."""
    return _clock.read()


@contextmanager
def told_by(read: Callable[[], datetime]) -> Iterator[None]:
    """Have the whole process told the time by something else, to try out what is to come."""
    before, _clock.read = _clock.read, read
    try:
        yield
    finally:
        _clock.read = before
