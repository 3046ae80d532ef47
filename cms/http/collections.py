"""Books at their addresses: those of categories, and anthologies."""

from starlette.requests import Request
from starlette.routing import BaseRoute, Route

from ..renditions.address import read_name
from ..renditions.offer.collections import anthology, category
from ..renditions.offer.collections.anthology import AnthologyFacts, AnthologyRenditions, Choice
from ..renditions.offer.collections.category import CategoryFacts, CategoryRenditions
from .rendition_endpoint import Asked, RenditionEndpoint


def category_routes(renditions: CategoryRenditions, patience: float = 2.0) -> list[BaseRoute]:
    """`/renditions/categories/{digest}/{category}-{slug}.{extension}?{options}`.

    It answers as the renditions of posts do.
    """

    async def find(request: Request) -> Asked[CategoryFacts]:
        category_id, extension = read_name(request.path_params["name"])
        wanted = renditions.formats.with_extension(extension)
        facts = await renditions.facts(category_id)
        return Asked(facts, wanted, facts.canonical)

    endpoint = RenditionEndpoint(renditions, find, patience)
    return [Route(f"/{category.FOLDER}/{{digest}}/{{name}}", endpoint.answer, methods=["GET"])]


def anthology_routes(renditions: AnthologyRenditions, patience: float = 2.0) -> list[BaseRoute]:
    """`/renditions/anthologies/{digest}/anthology.{extension}?posts={posts}&title={title}`.

    The options follow. It answers as the renditions of posts do, and 404 where readers see none of
    the posts.
    """

    async def find(request: Request) -> Asked[AnthologyFacts]:
        extension = anthology.read_name(request.path_params["name"])
        wanted = renditions.formats.with_extension(extension)
        facts = await renditions.facts(Choice.from_query(request.query_params))
        return Asked(facts, wanted, facts.canonical)

    endpoint = RenditionEndpoint(renditions, find, patience)
    return [Route(f"/{anthology.FOLDER}/{{digest}}/{{name}}", endpoint.answer, methods=["GET"])]
