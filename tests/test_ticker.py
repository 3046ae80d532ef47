"""What is done by the clock while the application runs."""

import dataclasses
from datetime import timedelta

import factories
import pytest
from serving import serving

from pressroom.cms.actors import Role
from pressroom.cms.services import tokens
from pressroom.cms.settings import Moderation, Settings
from pressroom.cms.store import clock
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import unit_of_work

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
