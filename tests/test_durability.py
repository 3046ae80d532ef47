"""What was acknowledged is stored, though the server is killed in the middle of writing.

`PRESSROOM_TEST_MUTATIONS` says how many mutations are sent; by default few enough for every run.
"""

import asyncio
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from subprocess import Popen
from typing import Any

import factories
import httpx
import processes
import pytest
from operations.library import MUTATIONS
from sqlalchemy import select

from pressroom.cms.actors import Role
from pressroom.cms.content import Comment, Post, Revision
from pressroom.cms.services import tokens
from pressroom.cms.settings import Settings, variable_of
from pressroom.cms.store.database import Database
from pressroom.cms.store.keys import decode_id
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

SENT = int(os.environ.get("PRESSROOM_TEST_MUTATIONS", "96"))
CLIENTS = 8
PRESSROOM = Path(sys.executable).parent / "pressroom"
READ = "{ posts(first: 1) { totalCount } }"


@dataclass
class Acknowledged:
    """What clients were told is stored."""

    count: int = 0
    titles: dict[tuple[int, int], str] = field(default_factory=dict)
    """The titles of posts, by id and version."""
    published: dict[int, int] = field(default_factory=dict)
    """The versions as which posts were published."""
    comments: set[int] = field(default_factory=set)
    halfway: asyncio.Event = field(default_factory=asyncio.Event)

    def post(self, answered: dict[str, Any]) -> None:
        key, version = decode_id(answered["id"])[1], answered["version"]
        self.titles[key, version] = answered["title"]
        if answered["status"] == "PUBLISHED":
            self.published[key] = version


class Client:
    """Somebody who writes one mutation after the other, until nobody answers any more."""

    def __init__(self, http: httpx.AsyncClient, told: Acknowledged, numbers: Iterator[int]) -> None:
        self.http, self.told, self.numbers = http, told, numbers

    async def write(self) -> None:
        try:
            while (number := next(self.numbers, None)) is not None:
                await self.step(number)
        except (httpx.HTTPError, json.JSONDecodeError):
            # The server is gone; what it did not acknowledge may be there or not.
            return

    async def step(self, number: int) -> None:
        """Create a post, change it, publish it, and have it commented."""
        sent = {"title": f"Post {number}", "body": {"markdown": f"Words {number}."}}
        post = await self.send("create_post", sent)
        changed = {"title": f"Changed {number}", "idempotencyKey": f"key {number}"}
        post = await self.send("update_post", {**known(post), **changed})
        post = await self.send("publish_post", known(post))
        comment = {"postId": post["id"], "authorName": "Reader", "body": f"Reply {number}."}
        await self.send("submit_comment", comment)

    async def send(self, mutation: str, sent: dict[str, Any]) -> dict[str, Any]:
        request = {"query": MUTATIONS[mutation], "variables": {"input": sent}}
        answer = (await self.http.post("/graphql", json=request)).json()
        (payload,) = answer["data"].values()
        assert payload["userErrors"] == []
        if "post" in payload:
            self.told.post(payload["post"])
        else:
            self.told.comments.add(decode_id(payload["comment"]["id"])[1])
        self.told.count += 1
        if self.told.count >= SENT // 2:
            self.told.halfway.set()
        stored: dict[str, Any] = payload.get("post") or payload["comment"]
        return stored


def known(post: dict[str, Any]) -> dict[str, Any]:
    return {"id": post["id"], "version": post["version"]}


@contextmanager
def served(settings: Settings, folder: Path) -> Iterator[tuple["Popen[str]", str]]:
    command = [PRESSROOM, "serve", "--port", "0"]
    with processes.started(command, folder, variables(settings)) as started:
        yield started


def variables(settings: Settings) -> dict[str, str]:
    return {
        variable_of("database_url"): settings.database_url,
        variable_of("media_dir"): str(settings.media_dir),
    }


async def write_until_killed(process: "Popen[str]", address: str, secret: str) -> Acknowledged:
    told, numbers = Acknowledged(), iter(range(SENT // 4))
    async with httpx.AsyncClient(
        base_url=address, headers={"Authorization": f"Bearer {secret}"}, timeout=60
    ) as http:
        writing = [asyncio.create_task(Client(http, told, numbers).write()) for _ in range(CLIENTS)]
        await asyncio.wait_for(told.halfway.wait(), 300)
        process.kill()
        await asyncio.gather(*writing)
    return told


async def test_what_was_acknowledged_outlives_kill_9(settings: Settings, tmp_path: Path) -> None:
    database = Database(settings)
    async with unit_of_work(database) as session:
        wanted = tokens.CreateToken(name="editor", role=Role.EDITOR)
        secret = (await tokens.create(session, factories.EDITOR, wanted)).secret
    with served(settings, tmp_path) as (process, address):
        told = await write_until_killed(process, address, secret)
        assert await asyncio.to_thread(process.wait, 30) == -9
    assert SENT // 2 <= told.count < SENT
    with served(settings, tmp_path) as (_, address):
        async with httpx.AsyncClient(base_url=address, timeout=60) as http:
            answer = (await http.post("/graphql", json={"query": READ})).json()
    assert answer["data"]["posts"]["totalCount"] >= len(told.published)
    await assert_stored(database, told)
    await database.close()
    checked = await asyncio.to_thread(
        processes.run, [PRESSROOM, "check"], tmp_path, variables(settings)
    )
    assert "No problems" in checked


async def assert_stored(database: Database, told: Acknowledged) -> None:
    async with reading_session(database) as session:
        rows = await session.execute(select(Revision.post_id, Revision.version, Revision.title))
        titles = {(row.post_id, row.version): row.title for row in rows}
        public = await session.execute(select(Post.id, Post.version).where(Post.announced))
        published = {row.id: row.version for row in public}
        comments = set(await session.scalars(select(Comment.id)))
    assert told.titles.items() <= titles.items()
    assert told.published.items() <= published.items()
    assert told.comments <= comments
