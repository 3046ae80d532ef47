"""Who sent a request, what they want to see, and under which address they reached us."""

import re
from collections.abc import Awaitable, Callable
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request

from ..actors import ANONYMOUS, Actor
from ..errors import Forbidden, Malformed
from ..store import clock
from ..store.scope import Perspective, View
from ..store.visibility import sees_scheduled
from ..text.instants import parse_instant

Authenticate = Callable[[Request], Awaitable[Actor]]
"""Tells who is asking.

Raises `pressroom.cms.errors.Unauthenticated` for a credential that is given but not good.
"""

PERSPECTIVE = "Pressroom-Perspective"
"""The header by which those who may ask for what is not public: `draft`, or an instant to come.

`published` is the same as leaving it out.
"""

_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


class Caller(NamedTuple):
    """The one who asks; `base_url` begins every address that the answer holds, without `/`."""

    actor: Actor
    base_url: str
    perspective: View = Perspective.PUBLISHED

    @property
    def is_public(self) -> bool:
        """Whether they see what everybody does."""
        return self.perspective is Perspective.PUBLISHED and (
            self.actor is ANONYMOUS or self.actor == ANONYMOUS
        )


async def anonymous(_request: Request) -> Actor:
    """Take everybody for a reader."""
    return ANONYMOUS


def perspective_of(header: str | None, actor: Actor) -> View:
    """Tell what a caller wants to see; all that is to come at an instant is for editors.

    Raises Malformed for what there is not, and Forbidden.
    """
    if header is None:
        return Perspective.PUBLISHED
    asked = header.strip()
    if asked.lower() in set(Perspective):
        return Perspective(asked.lower())
    try:
        instant = parse_instant(asked)
    except ValueError as fault:
        known = f"`{PERSPECTIVE}` is {', '.join(Perspective)} or an instant to come"
        raise Malformed(f"{known}: {fault}.") from None
    if not sees_scheduled(actor):
        raise Forbidden(f"Only editors may send an instant in `{PERSPECTIVE}`.")
    if instant < clock.now():
        # What a post said then is in its revisions; counts and lists of the past nobody keeps.
        raise Malformed(
            f"`{PERSPECTIVE}` names an instant that has passed; only later ones can be."
        )
    return instant


def base_url(request: Request, public_url: str | None = None) -> str:
    """Where this application stands for its caller: scheme, host and mount prefix, without `/`.

    `public_url` is what the site's owner has set; it wins over what the request says, whose `Host`
    header is the client's to choose.
    """
    if public_url:
        return public_url.rstrip("/")
    scope = request.scope
    server = scope.get("server") or ("localhost", None)
    host = request.headers.get("host", "")
    return _address(scope.get("scheme", "http"), host, tuple(server), scope.get("root_path", ""))


@lru_cache(maxsize=256)
def _address(scheme: str, host: str, server: tuple[str, int | None], root_path: str) -> str:
    if not _HOST.fullmatch(host):
        name, port = server
        host = f"{name}:{port}" if port else name
    return f"{scheme}://{host}{quote(root_path).rstrip('/')}"
