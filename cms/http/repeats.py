"""The short way: requests that come again in the same bytes are answered before they are read."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .answer_cache import AnswerCache
from .finished import RequestKey, request_key

_KEY = "pressroom.request_key"


class Repeats:
    """Stands before an application whose answers are kept, where requests alone say who asks."""

    def __init__(self, application: ASGIApp, cache: AnswerCache) -> None:
        self._application = application
        self._cache = cache

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request that is known, and pass on any other."""
        body = b""
        if scope["method"] == "POST":
            message = await receive()
            if message["type"] != "http.request" or message.get("more_body"):
                await self._application(scope, _beginning_with(message, receive), send)
                return
            body = message.get("body", b"")
            receive = _beginning_with(message, receive)
        known = request_key(scope, body)
        finished = self._cache.finished(known.key) if known else None
        if finished is not None:
            await finished(scope, receive, send)
            return
        scope[_KEY] = known
        await self._application(scope, receive, send)


def key_of(scope: Scope) -> RequestKey | None:
    """Give the key by which a request will be known, if it came this way."""
    known: RequestKey | None = scope.get(_KEY)
    return known


def _beginning_with(message: Message, receive: Receive) -> Receive:
    waiting = [message]

    async def receive_again() -> Message:
        return waiting.pop() if waiting else await receive()

    return receive_again
