"""The API as a client has it: requests over HTTP to the whole application."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
from services.statements import counted_reading

from pressroom.cms.app import Pressroom, create_app
from pressroom.cms.settings import Settings


@dataclass
class API:
    """Sends operations, and counts the statements that answering them takes."""

    app: Pressroom
    http: httpx.AsyncClient
    statements: list[str]

    @property
    def dialect(self) -> str:
        """The name of the database's dialect."""
        return self.app.database.dialect_name

    async def send(
        self, query: str, variables: Mapping[str, Any] | None = None, token: str | None = None
    ) -> dict[str, Any]:
        """Send an operation and give the whole answer."""
        answer: dict[str, Any] = json.loads(await self.content(query, variables, token))
        return answer

    async def content(
        self, query: str, variables: Mapping[str, Any] | None = None, token: str | None = None
    ) -> bytes:
        """Send an operation and give the answer as it came."""
        self.statements.clear()
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = {"query": query, "variables": variables}
        return (await self.http.post("/graphql", json=request, headers=headers)).content

    async def data(
        self, query: str, variables: Mapping[str, Any] | None = None, token: str | None = None
    ) -> dict[str, Any]:
        """Send an operation that must succeed, and give its data."""
        answer = await self.send(query, variables, token)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data

    async def error(
        self, query: str, variables: Mapping[str, Any] | None = None, token: str | None = None
    ) -> dict[str, Any]:
        """Send an operation that must fail, and give its first error."""
        answer = await self.send(query, variables, token)
        error: dict[str, Any] = answer["errors"][0]
        return error


@asynccontextmanager
async def serving(settings: Settings, **options: Any) -> AsyncIterator[API]:
    """Run the application for as long as the context lasts."""
    app = create_app(settings, **options)
    transport = httpx.ASGITransport(app=app)
    async with (
        app.lifespan(),
        httpx.AsyncClient(transport=transport, base_url="http://testserver") as client,
    ):
        with counted_reading(app.database) as statements:
            yield API(app, client, statements)
