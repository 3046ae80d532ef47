"""The application: the one place where the parts are joined.

Serve it by itself, or mount it in any ASGI application. A host whose framework does not run the
lifespan of mounted applications (Starlette and FastAPI do not) enters `app.lifespan` in its own.
"""

import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from .actors import Actor
from .delivery import delivering
from .http import avatars
from .http.answer_cache import AnswerCache
from .http.authentication import authenticate as by_token
from .http.caller import Authenticate
from .http.collections import anthology_routes, category_routes
from .http.cross_origin import cors_middleware
from .http.graphiql import GraphiQL
from .http.graphql import GraphQLEndpoint, front_of, graphql_routes
from .http.health import health_routes
from .http.images import image_routes
from .http.renditions import preview_routes, rendition_routes
from .media.images.library import Library
from .media.storage import storage_of
from .plugins import (
    Plugin,
    Services,
    check_plugins,
    executor_of,
    formats_of,
    installed_plugins,
    routes_of,
    subscribers_of,
    tables_of,
)
from .readiness import problems
from .renditions.offer.collections.anthology import AnthologyRenditions
from .renditions.offer.collections.category import CategoryRenditions
from .renditions.offer.posts import PostRenditions
from .renditions.offer.previews import PreviewRenditions
from .renditions.press.press import Press
from .settings import Settings
from .store.database import Database
from .store.follower import following
from .ticker import ticking

_GRAPHQL = "/graphql"

_log = logging.getLogger(__name__)

EXAMPLE = """# The page of one post. Try the names of other fields: Ctrl-Space tells them.
query Page($slug: String! = "listening-before-you-answer") {
  post(by: {slug: $slug}) {
    title publishedAt updatedAt
    authors { name }
    categories { name url }
    body { html tableOfContents { text anchor } }
    commentCount commentsOpen
    comments(first: 20) {
      nodes {
        author { name } submittedAt body { html }
        replies(first: 10) { nodes { author { name } submittedAt body { html } } }
      }
    }
    rendition(format: PRINT_HTML) { url }
  }
}
"""


class Pressroom:
    """One Pressroom, as an ASGI application."""

    def __init__(
        self, settings: Settings, plugins: Sequence[Plugin], host_authenticate: Authenticate | None
    ) -> None:
        check_plugins(plugins)
        self.settings = settings
        self.database = Database(settings)
        storage = storage_of(settings)
        images = Library(storage, settings.max_image_pixels)
        self._press = Press(settings, storage, images)
        self.services = Services(
            self.database, settings, formats_of(plugins, settings), storage, self._press, images
        )
        self._host_authenticate = host_authenticate
        size = settings.answer_cache_bytes
        self._cache = AnswerCache(size) if size > 0 else None
        self._subscribers = subscribers_of(plugins, self.services)
        endpoint = self._endpoint(plugins)
        self._application = self._join(plugins, endpoint)
        # The way through the routes costs more than an answer that is kept; only CORS needs it.
        straight = not settings.cors_origins
        self._graphql: ASGIApp = front_of(endpoint) if straight else self._application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an ASGI event."""
        if scope["type"] == "http" and scope["path"] == scope.get("root_path", "") + _GRAPHQL:
            await self._graphql(scope, receive, send)
        else:
            await self._application(scope, receive, send)

    @asynccontextmanager
    async def lifespan(self, _application: object = None) -> AsyncIterator[None]:
        """Hold what lasts as long as the application; a host enters it when this is mounted."""
        async with (
            delivering(self.database, self._subscribers),
            ticking(self.database, self.settings.revisions_kept),
            self._following(),
        ):
            yield
        await self._press.close()
        await self.database.close()

    def _following(self) -> AbstractAsyncContextManager[Any]:
        return nullcontext() if self._cache is None else following(self.database, self._cache)

    def _endpoint(self, plugins: Sequence[Plugin]) -> GraphQLEndpoint:
        return GraphQLEndpoint(
            executor_of(plugins)(self.services, plugins),
            authenticate=self._authenticate,
            public_url=self.settings.public_url or None,
            max_body=self.settings.max_body_bytes,
            max_upload=self.settings.max_upload_bytes,
            timeout=self.settings.request_timeout,
            graphiql=GraphiQL(EXAMPLE) if self.settings.graphiql else None,
            cache=self._cache,
            by_header=self._host_authenticate is None,
        )

    def _join(self, plugins: Sequence[Plugin], endpoint: GraphQLEndpoint) -> Starlette:
        routes = [
            *graphql_routes(_GRAPHQL, endpoint),
            *self._rendition_routes(),
            *avatars.routes(),
            *image_routes(self.services.images),
            *health_routes(lambda: problems(self.database, tables_of(plugins))),
        ]
        return Starlette(
            routes=routes_of(routes, plugins, self.services),
            middleware=cors_middleware(self.settings.cors_origins),
            lifespan=self.lifespan,
        )

    def _rendition_routes(self) -> list[BaseRoute]:
        parts = (self.database, self.services.formats, self.services.press)
        patience = self.settings.rendition_patience
        return [
            *rendition_routes(PostRenditions(*parts), patience),
            *preview_routes(PreviewRenditions(*parts), patience),
            *category_routes(CategoryRenditions(*parts), patience),
            *anthology_routes(AnthologyRenditions(*parts), patience),
        ]

    async def _authenticate(self, request: Request) -> Actor:
        if self._host_authenticate is not None:
            return await self._host_authenticate(request)
        return await by_token(self.database, request)


def create_app(
    settings: Settings | None = None,
    *,
    plugins: Sequence[Plugin] | None = None,
    authenticate: Authenticate | None = None,
) -> Pressroom:
    """Make a Pressroom.

    Settings come from the environment unless given, plugins from what is installed. A host says
    who is asking by `authenticate`; without it access tokens do.
    """
    return Pressroom(
        settings or Settings.from_environment(),
        installed_plugins() if plugins is None else plugins,
        authenticate,
    )
