"""The rival: the same operations by the ordinary Strawberry executor, DataLoaders and the ORM.

Written as the documentation of Strawberry and SQLAlchemy advises: typed resolvers, a loader for
each relation that lists have, one statement a batch, indexes and kept counts used, documents parsed
and validated once. It holds what the measured operations need, and answers the same JSON.
"""

from typing import Any

import strawberry
from sqlalchemy import event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from starlette.requests import Request
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig

from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.schema.scalars import SCALARS

from .rival_loaders import Loaders
from .rival_types import Query


class RivalGraphQL(GraphQL[Any, None]):
    """Strawberry's own view, with loaders that live as long as a request."""

    def __init__(self, schema: strawberry.Schema, engine: AsyncEngine) -> None:
        super().__init__(schema, graphql_ide=None)
        self._engine = engine

    async def get_context(self, request: Request | WebSocket, response: Any) -> Any:
        """Give resolvers their loaders."""
        base_url = str(request.base_url).rstrip("/")
        return {"loaders": Loaders(self._engine, base_url), "response": response}


def create_rival(settings: Settings) -> RivalGraphQL:
    """Make the rival as an ASGI application."""
    schema = strawberry.Schema(
        query=Query,
        config=StrawberryConfig(scalar_map=SCALARS),
        extensions=[ParserCache, ValidationCache],
    )
    return RivalGraphQL(schema, _engine(settings))


def _engine(settings: Settings) -> AsyncEngine:
    """Make an engine with the driver that SQLAlchemy's documentation names first."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "postgresql":
        return Database(settings).engine
    engine = create_async_engine(url.set(drivername="sqlite+aiosqlite"))
    event.listen(engine.sync_engine, "connect", _set_cache)
    return engine


def _set_cache(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA cache_size = -16384")
