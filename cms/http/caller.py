"""Who sent a request, what they want to see, and under which address they reached us."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote

from starlette.requests import Request

from ..actors import ANONYMOUS, Actor
from ..errors import Malformed
from ..store.scope import Perspective

Authenticate = Callable[[Request], Awaitable[Actor]]
"""Tells who is asking.

Raises `pressroom.cms.errors.Unauthenticated` for a credential that is given but not good.
"""

PERSPECTIVE = "Pressroom-Perspective"
"""The header by which those who may ask for drafts: `draft`, or `published`, as without it."""

_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Caller:
    """The one who asks; `base_url` begins every address that the answer holds, without `/`."""

    actor: Actor
    base_url: str
    perspective: Perspective = Perspective.PUBLISHED


async def anonymous(_request: Request) -> Actor:
    """Take everybody for a reader."""
    return ANONYMOUS


def perspective_of(request: Request) -> Perspective:
    """Tell how much a caller wants to see. Raises Malformed for what there is not."""
    asked = request.headers.get(PERSPECTIVE, Perspective.PUBLISHED)
    try:
        return Perspective(asked.strip().lower())
    except ValueError:
        raise Malformed(f"`{PERSPECTIVE}` is {' or '.join(Perspective)}.") from None


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
