"""Avatars: the pictures that stand beside comments."""

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from ..comments.portrait import is_avatar, portrait

_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}


def routes() -> Sequence[BaseRoute]:
    """Give the route of the avatars."""
    return (Route("/avatars/{avatar}.svg", _avatar, name="avatar"),)


async def _avatar(request: Request) -> Response:
    avatar = request.path_params["avatar"]
    if not is_avatar(avatar):
        raise HTTPException(404)
    return Response(portrait(avatar), media_type="image/svg+xml", headers=_HEADERS)
