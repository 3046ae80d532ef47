"""Handlers of events: told after the commit, in order, at least once, whatever happens."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import factories
import pytest
from serving import serving

from pressroom.cms.content import Post
from pressroom.cms.plugins import Handler, Plugin, Services, installed_plugins
from pressroom.cms.services import posts
from pressroom.cms.services.check import check
from pressroom.cms.services.comments import moderation
from pressroom.cms.services.posts import UpdatePost, publication
from pressroom.cms.services.posts.publication import PostAction
from pressroom.cms.settings import Settings
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.events import (
    CommentPublished,
    CommentRemoved,
    CommentSubmitted,
    Event,
    PostEvent,
    PostPublished,
    PostRemoved,
    PostUpdated,
)
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

Heard = Callable[[Event], Awaitable[None]]


class Listener:
    """A handler that keeps what it hears, once it does not fail."""

    def __init__(self, failures: int = 0) -> None:
        self.heard: list[Event] = []
        self.tries = 0
        self._failures = failures
        self._more = asyncio.Event()

    async def __call__(self, _services: Services, event: Event) -> None:
        self.tries += 1
        self._more.set()
        if self.tries <= self._failures:
            raise RuntimeError("not today")
        self.heard.append(event)

    async def hears(self, count: int) -> list[Event]:
        """Wait until it has heard so much."""
        async with asyncio.timeout(30):
            while len(self.heard) < count:
                await self._more.wait()
                self._more.clear()
        return self.heard

    @property
    def kinds(self) -> list[str]:
        return [type(event).__name__ for event in self.heard]


def handling(*handlers: Handler) -> list[Plugin]:
    return [*installed_plugins(), Plugin(name="listening", handlers=handlers)]


def to(listener: Listener, *events: type[Event], name: str = "listen") -> Handler:
    return Handler(name, events or (Event,), listener)


async def change(database: Database, verb: Any, post: Post) -> Post:
    async with unit_of_work(database) as session:
        wanted = PostAction(id=post.id, version=post.version)
        changed: Post = await verb(session, factories.EDITOR, wanted)
        return changed


async def test_readers_see_what_handlers_are_told(settings: Settings) -> None:
    told = Listener()
    async with serving(settings, plugins=handling(to(told))) as api:
        database = api.app.database
        await factories.make_post(database, publish=False)
        post = await factories.make_post(database, "Bread")
        comment = await factories.make_comment(database, post)
        async with unit_of_work(database) as session:
            spam = moderation.ModerationAction.SPAM
            await moderation.moderate(session, factories.EDITOR, [comment.id], spam)
            wanted = UpdatePost(id=post.id, version=post.version, title="Rye")
            post = await posts.update(session, factories.EDITOR, wanted)
        await change(database, publication.archive, post)
        heard = await told.hears(6)
        assert [type(event) for event in heard] == [
            PostPublished,
            CommentSubmitted,
            CommentPublished,
            CommentRemoved,
            PostUpdated,
            PostRemoved,
        ]
        assert all(event.post_id == post.id for event in heard)  # type: ignore[attr-defined] # all of them are of posts or comments
        assert [event.id for event in heard] == sorted({event.id for event in heard})


async def test_a_scheduled_post_goes_live_everywhere_at_its_instant(settings: Settings) -> None:
    settings = dataclasses.replace(settings, answer_cache_bytes=1_000_000)
    told = Listener()
    due = clock.now() + timedelta(hours=1)
    async with serving(settings, plugins=handling(to(told, PostEvent))) as api:
        post = await factories.make_post(api.app.database, published_at=due)
        assert (await api.data(TITLES))["posts"]["totalCount"] == 0
        with clock.told_by(lambda: due):
            assert (await api.data(TITLES))["posts"]["totalCount"] == 1
            (event,) = await told.hears(1)
            changes = (await api.data(CHANGES))["changes"]["nodes"]
    assert isinstance(event, PostPublished)
    assert (event.post_id, event.occurred_at) == (post.id, due)
    assert [change["kind"] for change in changes] == ["CREATED"]


async def test_what_came_due_while_nothing_ran_is_told_at_the_start(settings: Settings) -> None:
    due = clock.now() + timedelta(hours=1)
    told = Listener()
    async with serving(settings, plugins=handling(to(told))) as api:
        await factories.make_post(api.app.database, published_at=due)
    assert told.heard == []
    with clock.told_by(lambda: due + timedelta(days=1)):
        async with serving(settings, plugins=handling(to(told))) as api:
            (event,) = await told.hears(1)
            assert (await api.data(TITLES))["posts"]["totalCount"] == 1
        assert (type(event), event.occurred_at) == (PostPublished, due)
        async with serving(settings, plugins=handling(to(told))) as api:
            await factories.make_post(api.app.database)
            assert await told.hears(2) == [event, told.heard[1]]


async def test_a_new_handler_is_told_of_what_happens_from_then_on(settings: Settings) -> None:
    first, second = Listener(), Listener()
    async with serving(settings, plugins=handling(to(first))) as api:
        await factories.make_post(api.app.database, "Old")
        await first.hears(1)
    both = handling(to(first), to(second, name="another"))
    async with serving(settings, plugins=both) as api:
        post = await factories.make_post(api.app.database, "New")
        (event,) = await second.hears(1)
        await first.hears(2)
    assert isinstance(event, PostPublished)
    assert event.post_id == post.id


async def test_one_that_fails_is_asked_again_and_holds_up_nobody(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    failing, other = Listener(failures=1), Listener()
    plugins = handling(to(failing, PostPublished), to(other, PostPublished, name="other"))
    async with serving(settings, plugins=plugins) as api:
        made = [await factories.make_post(api.app.database, title) for title in ("One", "Two")]
        await other.hears(2)
        assert (await api.data(TITLES))["posts"]["totalCount"] == 2
        heard = await failing.hears(2)
    assert [event.post_id for event in heard if isinstance(event, PostPublished)] == [
        post.id for post in made
    ]
    assert failing.tries == 3
    assert "listening.listen failed on event" in caplog.text


async def test_one_that_failed_goes_on_where_it_stopped_after_a_restart(
    settings: Settings,
) -> None:
    told = Listener(failures=1)
    async with serving(settings, plugins=handling(to(told))) as api:
        await factories.make_post(api.app.database)
        async with asyncio.timeout(30):
            await told._more.wait()
    assert told.heard == []
    async with serving(settings, plugins=handling(to(told))) as api:
        await told.hears(1)
        async with reading_session(api.app.database) as session:
            assert await check(session) == []


async def test_of_several_processes_one_calls_a_handler(settings: Settings) -> None:
    told = Listener()
    async with (
        serving(settings, plugins=handling(to(told))) as one,
        serving(settings, plugins=handling(to(told))) as another,
    ):
        for number in range(10):
            api = (one, another)[number % 2]
            await factories.make_post(api.app.database, f"Post {number}")
        heard = await told.hears(10)
    assert len({event.id for event in heard}) == len(told.heard) == 10


TITLES = "{ posts { totalCount nodes { title } } }"
CHANGES = "{ changes { nodes { kind } } }"
