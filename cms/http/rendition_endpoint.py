"""Answers a rendition at its address: made when it is first fetched, kept by caches for good."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from ..errors import Malformed, NotFound, Unavailable
from ..renditions.address import Address
from ..renditions.formats.format import Format, NotRenderable
from ..renditions.formats.options import RenditionOptions
from ..renditions.offer.door import Facts, Renditions, Superseded
from ..renditions.press.job import NotMade
from ..renditions.press.made import Made
from ..renditions.press.press import NotReady
from . import entity_tags
from .byte_ranges import Unsatisfiable, read_range

_FOR_GOOD = "public, max-age=31536000, immutable"
_FOR_A_MINUTE = "public, max-age=60"
_FOR_NOBODY = "private, no-store"
_NOT_STORED = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
_SOON, _LATER = "2", "10"
"""Seconds after which to ask again."""


@dataclass(frozen=True, slots=True)
class Asked(Generic[Facts]):
    """What a request asks for, as it is now; `canonical` is where it is read on the site."""

    facts: Facts
    wanted: Format
    canonical: str


Find = Callable[[Request], Awaitable[Asked[Facts]]]
"""Reads what a request asks for. Raises NotFound and Malformed."""


class RenditionEndpoint(Generic[Facts]):
    """Answers requests for renditions of one kind of thing."""

    def __init__(self, renditions: Renditions[Facts], find: Find[Facts], patience: float) -> None:
        self._renditions = renditions
        self._find = find
        self._patience = patience

    async def answer(self, request: Request) -> Response:
        """Answer a request; see `renditions.rendition_routes` for what with."""
        response = await self._answer_or_refuse(request)
        if self._renditions.is_private:
            response.headers["Cache-Control"] = _FOR_NOBODY
        return response

    async def _answer_or_refuse(self, request: Request) -> Response:
        try:
            return await self._answer(request)
        except NotReady:
            return _plain("It is being made. Ask again in a moment.", 202, _SOON)
        except NotMade as failure:
            return _plain(failure, 500)
        except (NotFound, NotRenderable) as missing:
            return _plain(missing, 404)
        except Malformed as malformed:
            return _plain(malformed, 400)
        except Unavailable as failure:
            return _plain(failure, 503, _LATER)

    async def _answer(self, request: Request) -> Response:
        options = RenditionOptions.from_query(request.query_params)
        asked = await self._find(request)
        facts, wanted = asked.facts, asked.wanted
        if refusal := self._renditions.refusal(wanted):
            raise NotRenderable(refusal)
        current = self._renditions.address(facts, wanted, options)
        if not _is_at(request, current):
            return _elsewhere(current)
        if _has(request, current):
            return Response(status_code=304, headers=_caching(current))
        try:
            made = await self._renditions.make(facts, wanted, options, self._patience)
        except Superseded:
            # Its bytes belong to the new address alone.
            present = await self._renditions.refreshed(facts)
            return _elsewhere(self._renditions.address(present, wanted, options))
        return _part(request, made, _headers(current, asked.canonical, wanted, made))


def _plain(said: object, status: int, retry_after: str | None = None) -> Response:
    headers = _NOT_STORED if retry_after is None else {**_NOT_STORED, "Retry-After": retry_after}
    return PlainTextResponse(f"{said}\n", status, headers)


def _is_at(request: Request, address: Address) -> bool:
    given = (request.path_params["digest"], request.path_params["name"], request.url.query)
    return given == (address.digest, address.name, address.query)


def _elsewhere(address: Address) -> Response:
    """Lead to an address, relative to the one asked for: right under any prefix or proxy."""
    headers = {"Cache-Control": _FOR_A_MINUTE, "X-Robots-Tag": "noindex"}
    return RedirectResponse(f"../{address.relative}", 302, headers)


def _has(request: Request, address: Address) -> bool:
    """Whether the caller has the bytes already."""
    return entity_tags.names(request.headers.get("if-none-match", ""), _tag(address))


def _tag(address: Address) -> str:
    return f'"{address.digest}"'


def _caching(address: Address) -> dict[str, str]:
    return {"ETag": _tag(address), "Cache-Control": _FOR_GOOD}


def _caching_for_now(made: Made) -> dict[str, str]:
    """Tell that other bytes may come: it lacks what may be there another time."""
    return {"ETag": f'"{made.sha256}"', "Cache-Control": _FOR_A_MINUTE}


def _headers(address: Address, canonical: str, wanted: Format, made: Made) -> dict[str, str]:
    return {
        **(_caching_for_now(made) if made.output.is_provisional else _caching(address)),
        "Accept-Ranges": "bytes",
        "Content-Type": wanted.media_type,
        "Content-Disposition": _disposition(address.name),
        "Content-Security-Policy": made.output.security_policy,
        "Link": f'<{quote(canonical, safe=_RESERVED)}>; rel="canonical"',
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Robots-Tag": "noindex",
    }


def _part(request: Request, made: Made, headers: dict[str, str]) -> Response:
    """Answer the part that is asked for, if it is one of these bytes; otherwise all of them."""
    content = made.output.content
    asked = request.headers.get("range", "") if request.method == "GET" else ""
    if request.headers.get("if-range", headers["ETag"]) != headers["ETag"]:
        asked = ""
    try:
        part = read_range(asked, len(content))
    except Unsatisfiable:
        return Response(status_code=416, headers={"Content-Range": f"bytes */{len(content)}"})
    if part is None:
        return Response(content, headers=headers)
    headers["Content-Range"] = part.content_range
    return Response(part.of(content), 206, headers)


_RESERVED = ":/?#[]@!$&'()*+,;=%~"


def _disposition(name: str) -> str:
    """Name the file (RFC 6266), for those that know only ASCII too."""
    plain = "".join(char if char.isascii() else "_" for char in name)
    return f"inline; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
