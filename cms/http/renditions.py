"""Renditions at their addresses."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from ..renditions.address import Facts, read_name
from ..renditions.offer.posts import PostRenditions
from ..renditions.offer.previews import FOLDER, PreviewFacts, PreviewRenditions
from .rendition_endpoint import Asked, RenditionEndpoint


def rendition_routes(renditions: PostRenditions, patience: float = 2.0) -> list[BaseRoute]:
    """`/renditions/{digest}/{post}-{slug}.{extension}?{options}`, by GET and HEAD.

    The present address of a post's rendition answers 200, or 206 with a part of it; 202 with
    `Retry-After` if it has not been made within so many seconds; 503 with `Retry-After` if too much
    is being made; 500 if it could not be made. An address that was the present one, or whose
    options are written another way, leads there (302); 404 for a post that the public does not
    see, whatever the address, and for a format that cannot be had; 400 for an option that is none.
    """

    async def find(request: Request) -> Asked[Facts]:
        post_id, extension = read_name(request.path_params["name"])
        wanted = renditions.formats.with_extension(extension)
        facts = await renditions.facts(post_id)
        return Asked(facts, wanted, facts.canonical)

    endpoint = RenditionEndpoint(renditions, find, patience)
    return [Route("/renditions/{digest}/{name}", endpoint.answer, methods=["GET"])]


def preview_routes(renditions: PreviewRenditions, patience: float = 2.0) -> list[BaseRoute]:
    """`/renditions/previews/{ticket}/{digest}/{post}-{slug}.{extension}?{options}`.

    It answers as the renditions of posts do, but that no cache may keep it; 404 without a ticket
    that is good for the post.
    """

    async def find(request: Request) -> Asked[PreviewFacts]:
        _, extension = read_name(request.path_params["name"])
        wanted = renditions.formats.with_extension(extension)
        facts = await renditions.facts(request.path_params["ticket"])
        return Asked(facts, wanted, facts.canonical)

    endpoint = RenditionEndpoint(renditions, find, patience)
    return [Route(f"/{FOLDER}/{{ticket}}/{{digest}}/{{name}}", endpoint.answer, methods=["GET"])]
