"""Images at their addresses, which answer the same bytes for ever."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from ..errors import NotFound, Unavailable
from ..media.images.intake import Unacceptable
from ..media.images.kinds import ImageKind, VariantKind
from ..media.images.library import Kept, Library
from ..media.images.names import is_sha256
from . import entity_tags

_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}
_NOT_STORED = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_LATER = {**_NOT_STORED, "Retry-After": "5"}
_MOST_DIGITS = 5
_MASTER_KINDS = frozenset(map(str, ImageKind))
_VARIANT_KINDS = frozenset(map(str, VariantKind))


def image_routes(library: Library) -> list[BaseRoute]:
    """`/media/{sha256}.{kind}`, and `/media/{sha256}/{width}.{kind}`, by GET and HEAD.

    The first is an image as it is kept, the second it at one of its widths, made when it is first
    asked for. 404 for an image that there is not, and for a width or a kind that it does not have.
    """
    endpoint = _Endpoint(library)
    return [
        Route("/media/{name}", _answering(endpoint.master), methods=["GET"]),
        Route("/media/{sha256}/{name}", _answering(endpoint.variant), methods=["GET"]),
    ]


def _answering(
    answer: Callable[[Request], Awaitable[Response]],
) -> Callable[[Request], Awaitable[Response]]:
    async def answered(request: Request) -> Response:
        try:
            return await answer(request)
        except (NotFound, Unacceptable):
            return PlainTextResponse("There is no such image.\n", 404, _NOT_STORED)
        except Unavailable as busy:
            return PlainTextResponse(f"{busy}\n", 503, _LATER)

    return answered


class _Endpoint:
    def __init__(self, library: Library) -> None:
        self._library = library

    async def master(self, request: Request) -> Response:
        sha256, kind = _split(request.path_params["name"])
        if not is_sha256(sha256) or kind not in _MASTER_KINDS:
            raise NotFound
        kept = await self._library.master(sha256)
        if kept is None or kept.kind != kind:
            raise NotFound
        return _response(request, kept, sha256)

    async def variant(self, request: Request) -> Response:
        sha256 = request.path_params["sha256"]
        width, kind = _split(request.path_params["name"])
        if not is_sha256(sha256) or kind not in _VARIANT_KINDS or not _is_width(width):
            raise NotFound
        kept = await self._library.variant(sha256, int(width), VariantKind(kind))
        if kept is None:
            raise NotFound
        return _response(request, kept, f"{sha256}-{width}-{kind}")


def _split(name: str) -> tuple[str, str]:
    stem, _, kind = name.partition(".")
    return stem, kind


def _is_width(text: str) -> bool:
    """Whether it is a number in the one way that a number is written in addresses."""
    digits = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return digits and not text.startswith("0")


def _response(request: Request, kept: Kept, name: str) -> Response:
    headers = {**_HEADERS, "ETag": f'"{name}"'}
    if entity_tags.names(request.headers.get("if-none-match", ""), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(kept.content, media_type=kept.kind.media_type, headers=headers)
