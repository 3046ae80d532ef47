"""What is done by the clock while the application runs."""

import asyncio
import dataclasses
from datetime import timedelta

import factories
import pytest
from serving import serving

from pressroom.cms.actors import Role
from pressroom.cms.content import Post
from pressroom.cms.services import tokens
from pressroom.cms.services.check import check
from pressroom.cms.services.posts import UpdatePost, update
from pressroom.cms.settings import Moderation, Settings
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

SUBMIT = "mutation($input: SubmitCommentInput!) { submitComment(input: $input) { editToken } }"
EMAILS = "{ comments { nodes { author { name email } } } }"


async def _emails(settings: Settings, *, submit: bool) -> list[str | None]:
    async with serving(settings) as api:
        database = api.app.database
        async with unit_of_work(database) as session:
            wanted = tokens.CreateToken(name="moderator", role=Role.MODERATOR)
            created = await tokens.create(session, factories.EDITOR, wanted)
        if submit:
            post = await factories.make_post(database)
            sender = {"authorName": "Jenn", "authorEmail": "jenn@example.org", "body": "Hello."}
            await api.data(SUBMIT, {"input": {**sender, "postId": encode_id("Post", post.id)}})
        comments = (await api.data(EMAILS, token=created.secret))["comments"]["nodes"]
        return [comment["author"]["email"] for comment in comments]


@pytest.mark.parametrize(("days", "left"), [(91, [None]), (89, ["jenn@example.org"])])
async def test_what_senders_gave_in_confidence_is_deleted_when_its_time_is_over(
    settings: Settings, days: int, left: list[str | None]
) -> None:
    settings = dataclasses.replace(settings, comments_moderation=Moderation.NONE)
    assert settings.comments_purge_days == 90
    assert await _emails(settings, submit=True) == ["jenn@example.org"]
    then = clock.now() + timedelta(days=days)
    with clock.told_by(lambda: then):
        assert await _emails(settings, submit=False) == left


REVISIONS = "{ posts { nodes { title revisions { totalCount nodes { version } } } } }"


@pytest.mark.parametrize(("kept", "left"), [(2, [5, 4]), (1, [5]), (0, [5, 4, 3, 2, 1])])
async def test_so_many_revisions_are_kept(settings: Settings, kept: int, left: list[int]) -> None:
    settings = dataclasses.replace(settings, revisions_kept=kept)
    database = Database(settings)
    posts = [await factories.make_post(database, title) for title in ("One", "Two")]
    for _ in range(4):
        posts = [await _edited(database, post) for post in posts]
    await database.close()
    async with serving(settings) as api:
        async with unit_of_work(api.app.database) as session:
            wanted = tokens.CreateToken(name="editor", role=Role.EDITOR)
            secret = (await tokens.create(session, factories.EDITOR, wanted)).secret
        async with asyncio.timeout(10):
            while True:
                nodes = (await api.data(REVISIONS, token=secret))["posts"]["nodes"]
                versions = [
                    [each["version"] for each in node["revisions"]["nodes"]] for node in nodes
                ]
                if versions == [left, left]:
                    break
                await asyncio.sleep(0.01)
        assert {node["title"] for node in nodes} == {"One, edited", "Two, edited"}
        async with reading_session(api.app.database) as session:
            assert await check(session) == []


async def _edited(database: Database, post: Post) -> Post:
    title = f"{post.title.removesuffix(', edited')}, edited"
    body = factories.markdown(f"{title} after version {post.version}.")
    wanted = UpdatePost(id=post.id, version=post.version, title=title, body=body)
    async with unit_of_work(database) as session:
        return await update(session, factories.EDITOR, wanted)
