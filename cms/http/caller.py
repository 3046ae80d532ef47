"""Who sent a request, and under which address they reached us."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.requests import Request

from ..actors import ANONYMOUS, Actor

Authenticate = Callable[[Request], Awaitable[Actor]]
"""Tells who is asking.

Raises `pressroom.cms.errors.Unauthenticated` for a credential that is given but not good.
"""

_HOST = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


@dataclass(frozen=True, slots=True)
class Caller:
    """The one who asks; `base_url` begins every address that the answer holds, without `/`."""

    actor: Actor
    base_url: str


async def anonymous(_request: Request) -> Actor:
    """Take everybody for a reader."""
    return ANONYMOUS


def base_url(request: Request, public_url: str | None = None) -> str:
    """Where this application stands for its caller: scheme, host and mount prefix, without `/`.

    `public_url` is what the site's owner has set; it wins over what the request says, whose `Host`
    header is the client's to choose.
    """
    if public_url:
        return public_url.rstrip("/")
    prefix = quote(request.scope.get("root_path", "")).rstrip("/")
    return f"{request.scope.get('scheme', 'http')}://{_host(request)}{prefix}"


def _host(request: Request) -> str:
    host = request.headers.get("host", "")
    if _HOST.fullmatch(host):
        return host
    name, port = request.scope.get("server") or ("localhost", None)
    return f"{name}:{port}" if port else name
