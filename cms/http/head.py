"""What the head of a request says, apart from who sends it: read once for all that are alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.types import Scope

from .caller import Caller

AUTHORIZATION = b"authorization"
_DECISIVE = frozenset(
    {
        b"host",
        b"accept",
        b"content-type",
        b"content-encoding",
        b"graphql-require-preflight",
        b"apollo-require-preflight",
        b"x-requested-with",
        b"pressroom-cost",
        b"pressroom-perspective",
        AUTHORIZATION,
    }
)
"""The headers by which an answer may differ."""
_KEPT = 256
_LONGEST = 2_000
"""Bytes of headers; longer ones are read each time."""

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What was asked for, and from where.

    `media_type` is None where we offer nothing wanted, and `caller` where more than the head has to
    be looked at to tell who asks.
    """

    media_type: str | None
    base_url: str
    perspective: str | None
    caller: Caller | None
    sends_json: bool
    tells_cost: bool


class Heads:
    """Reads heads by a function, and remembers what those without a secret said."""

    def __init__(self, read: Callable[[Request], Head]) -> None:
        self._read = read
        self._known: dict[Key, Head] = {}

    def of(self, request: Request) -> Head:
        """Give what the head of a request says. Raises what the function raises."""
        key = key_of(request.scope)
        head = self._known.get(key)
        if head is None:
            head = self._read(request)
            self._remember(key, head)
        return head

    def _remember(self, key: Key, head: Head) -> None:
        headers = key[_PARTS:]
        if any(name == AUTHORIZATION for name, _ in headers):
            return
        if sum(len(value) for _, value in headers) > _LONGEST:
            return
        if len(self._known) >= _KEPT:
            self._known.clear()
        self._known[key] = head


_PARTS = 5


def key_of(scope: Scope) -> Key:
    """Give all that an answer may depend on besides the request's address and body."""
    return (
        scope["method"],
        scope.get("scheme"),
        scope.get("root_path"),
        # ASGI lets servers give any iterables for these, and some give lists.
        *(scope.get("server") or (None, None)),
        *[(name, value) for name, value in scope["headers"] if name in _DECISIVE],
    )
