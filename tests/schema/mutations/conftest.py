"""Sending comments through HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import factories
import pytest
from operations.content import Time
from operations.library import EDIT, SUBMIT, WITHDRAW
from serving import API

from pressroom.cms.actors import Role
from pressroom.cms.content import Post
from pressroom.cms.services import tokens
from pressroom.cms.store import clock
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import unit_of_work


@dataclass
class Guest:
    """Somebody who comments on one post."""

    api: API
    post: Post
    time: Time = field(default_factory=Time)
    moderator: str = ""

    @property
    def post_id(self) -> str:
        return encode_id("Post", self.post.id)

    async def submit(self, **sent: Any) -> dict[str, Any]:
        given = {"postId": self.post_id, "authorName": "Guest", "body": "Well *said*.", **sent}
        payload: dict[str, Any] = (await self.api.data(SUBMIT, {"input": given}))["submitComment"]
        return payload

    async def edit(self, comment_id: str, token: str, body: str = "Changed.") -> dict[str, Any]:
        given = {"id": comment_id, "editToken": token, "body": body}
        payload: dict[str, Any] = (await self.api.data(EDIT, {"input": given}))["editComment"]
        return payload

    async def withdraw(self, comment_id: str, token: str) -> dict[str, Any]:
        given = {"id": comment_id, "editToken": token}
        data = await self.api.data(WITHDRAW, {"input": given})
        payload: dict[str, Any] = data["withdrawComment"]
        return payload

    async def stored(self) -> int:
        """Count all comments there are, as a moderator of the site would."""
        query = "{ comments { totalCount } }"
        count: int = (await self.api.data(query, token=self.moderator))["comments"]["totalCount"]
        return count


@pytest.fixture
async def guest(api: API) -> AsyncIterator[Guest]:
    guest = Guest(api, await factories.make_post(api.app.database))
    wanted = tokens.CreateToken(name="moderator", role=Role.MODERATOR)
    async with unit_of_work(api.app.database) as session:
        guest.moderator = (await tokens.create(session, factories.EDITOR, wanted)).secret
    guest.time.now = clock.now()
    with clock.told_by(guest.time):
        yield guest
