"""The short way: requests that come again in the same bytes are answered before they are read."""

from collections.abc import Hashable
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from . import head
from .answer_cache import AnswerCache

_KEY = "pressroom.request_key"
_LONGEST = 16_384
"""Bytes of body and address; a longer request takes the long way."""


class Repeats:
    """Stands before an application whose answers are kept, where requests alone say who asks."""

    def __init__(self, application: ASGIApp, cache: AnswerCache) -> None:
        self._application = application
        self._cache = cache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that is known, and pass on any other."""
        message = await receive() if scope["method"] == "POST" else {}
        if not message.get("more_body"):
            key = (scope["query_string"], message.get("body", b""), head.key_of(scope))
            finished = self._cache.finished(key)
            if finished is not None:
                await finished(scope, receive, send)
                return
            scope[_KEY] = key
        again = _beginning_with(message, receive) if message else receive
        await self._application(scope, again, send)


def request_key(scope: Scope) -> Hashable | None:
    """Give the key by which a request of the public will be known, if it is worth it."""
    key: tuple[Any, ...] | None = scope.get(_KEY)
    if key is None or any(name == head.AUTHORIZATION for name, _ in scope["headers"]):
        return None
    query_string, body, _ = key
    return key if len(query_string) + len(body) <= _LONGEST else None


def _beginning_with(message: Message, receive: Receive) -> Receive:
    waiting = [message]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
