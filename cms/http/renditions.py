"""Renditions at their addresses: made when they are fetched, and kept by caches for good."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from ..errors import Malformed, NotFound
from ..renditions.address import Address, read_name
from ..renditions.core import FORMATS
from ..renditions.formats import Format, Formats, NotRenderable
from ..renditions.options import RenditionOptions
from ..renditions.render import Made, current_address, render
from ..store.database import Database

_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_A_MINUTE = "public, max-age=60"
_NOT_STORED = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


def rendition_routes(database: Database, formats: Formats = FORMATS) -> list[BaseRoute]:
    """`/renditions/{digest}/{post}-{slug}.{extension}?{options}`, by GET and HEAD.

    The present address of a post's rendition answers 200. One that was the present one, or whose
    options are written another way, leads there (302); 404 for a post that the public does not
    see, whatever the address, and for a format that cannot be had; 400 for an option that is none.
    """
    endpoint = _Endpoint(database, formats)
    return [Route("/renditions/{digest}/{name}", endpoint.answer, methods=["GET"])]


class _Endpoint:
    def __init__(self, database: Database, formats: Formats) -> None:
        self._database = database
        self._formats = formats

    async def answer(self, request: Request) -> Response:
        try:
            return await self._answer(request)
        except (NotFound, NotRenderable) as missing:
            return PlainTextResponse(f"{missing}\n", 404, _NOT_STORED)
        except Malformed as malformed:
            return PlainTextResponse(f"{malformed}\n", 400, _NOT_STORED)

    async def _answer(self, request: Request) -> Response:
        post_id, extension = read_name(request.path_params["name"])
        wanted = self._formats.with_extension(extension)
        options = RenditionOptions.from_query(request.query_params)
        current = await current_address(self._database, post_id, wanted, options)
        if wanted.unavailable:
            raise NotRenderable(wanted.unavailable)
        if not _is_at(request, current):
            return _elsewhere(current)
        if _has(request, current):
            return Response(status_code=304, headers=_caching(current))
        made = await render(self._database, post_id, wanted, options)
        # The post may have changed since; its bytes belong to the new address alone.
        return _whole(made, wanted) if made.address == current else _elsewhere(made.address)


def _is_at(request: Request, address: Address) -> bool:
    given = Address(request.path_params["digest"], request.path_params["name"], request.url.query)
    return given == address


def _elsewhere(address: Address) -> Response:
    """Lead to an address, relative to the one asked for: right under any prefix or proxy."""
    headers = {"Cache-Control": _FOR_A_MINUTE, "X-Robots-Tag": "noindex"}
    return RedirectResponse(f"../{address.relative}", 302, headers)


def _has(request: Request, address: Address) -> bool:
    """Whether the caller has the bytes already (RFC 9110, 13.1.2)."""
    given = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")}
    return "*" in tags or _tag(address) in tags


def _tag(address: Address) -> str:
    return f'"{address.digest}"'


def _caching(address: Address) -> dict[str, str]:
    return {"ETag": _tag(address), "Cache-Control": _FOR_GOOD}


def _whole(made: Made, wanted: Format) -> Response:
    headers = {
        **_caching(made.address),
        "Content-Type": wanted.media_type,
        "Content-Disposition": _disposition(made.address.name),
        "Content-Security-Policy": made.output.security_policy,
        "Link": f'<{quote(made.canonical, safe=_RESERVED)}>; rel="canonical"',
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }
    return Response(made.output.content, headers=headers)


_RESERVED = ":/?#[]@!$&'()*+,;=%~"


def _disposition(name: str) -> str:
    """Name the file (RFC 6266), for those that know only ASCII too."""
    plain = "".join(char if char.isascii() else "_" for char in name)
    return f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
