"""`createPreviewToken` through HTTP."""

from datetime import timedelta
from typing import Any

import factories
import pytest
from operations.content import Time
from serving import API
from writing import Desk

from pressroom.cms.actors import Role
from pressroom.cms.store import clock
from pressroom.cms.store.keys import encode_id
from pressroom.schema.scalars import write_instant

pytestmark = pytest.mark.anyio

TITLE = "query($id: ID!) { post(by: {id: $id}) { title } }"


@pytest.fixture
def desk(api: API) -> Desk:
    return Desk(api)


async def test_it_shows_the_post_until_it_expires(desk: Desk) -> None:
    time = Time()
    with clock.told_by(time):
        post = await desk.create()
        ends = time() + timedelta(hours=3, milliseconds=500)
        sent = {"postId": post["id"], "expiresAt": write_instant(ends)}
        payload = await desk.done("create_preview_token", sent)
        assert payload["expiresAt"] == write_instant(ends.replace(microsecond=0))
        time.pass_by(hours=2, minutes=59)
        seen = await desk.api.data(TITLE, {"id": post["id"]}, payload["token"])
        assert seen == {"post": {"title": "Bread"}}
        time.pass_by(minutes=1)
        answer = await desk.api.send(TITLE, {"id": post["id"]}, payload["token"])
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "UNAUTHENTICATED"
    assert "expired" in error["message"]


async def test_it_lasts_a_week_unless_told_otherwise(desk: Desk) -> None:
    time = Time()
    with clock.told_by(time):
        post = await desk.create()
        payload = await desk.done("create_preview_token", {"postId": post["id"]})
    assert payload["expiresAt"] == write_instant(time() + timedelta(days=7))


async def test_a_retry_is_given_the_same_token(desk: Desk) -> None:
    time = Time()
    with clock.told_by(time):
        post = await desk.create()
        sent = {"postId": post["id"], "idempotencyKey": "once"}
        first = await desk.done("create_preview_token", sent)
        time.pass_by(minutes=5)
        assert await desk.done("create_preview_token", sent) == first
    assert await desk.journal("PreviewToken") == [("preview", "CREATED", False)]


@pytest.mark.parametrize("sent", ["2001-01-01T00:00:00Z", "2100-01-01T00:00:00Z"])
async def test_it_ends_in_time_to_come_that_is_not_far(desk: Desk, sent: str) -> None:
    post = await desk.create()
    given = {"postId": post["id"], "expiresAt": sent}
    assert await desk.faults("create_preview_token", given) == [("INVALID", ["expiresAt"])]


async def test_there_must_be_such_a_post(desk: Desk) -> None:
    for post_id in ("x", encode_id("Post", 99), encode_id("Author", 1)):
        for role in (Role.CONTRIBUTOR, Role.EDITOR):
            faults = await desk.faults("create_preview_token", {"postId": post_id}, role)
            assert faults == [("NOT_FOUND", ["postId"])]


async def test_what_is_in_the_trash_is_not_shown(desk: Desk) -> None:
    post = await desk.create()
    token = (await desk.done("create_preview_token", {"postId": post["id"]}))["token"]
    await desk.post("trash_post", post)
    sent = {"postId": post["id"]}
    assert await desk.faults("create_preview_token", sent) == [("INVALID", ["postId"])]
    assert await desk.api.data(TITLE, {"id": post["id"]}, token) == {"post": None}


async def test_contributors_show_drafts_of_their_own(desk: Desk) -> None:
    ada, emile = [await factories.make_author(desk.api.app.database, name) for name in ("A", "E")]
    own, another = [
        await desk.create(authorIds=[encode_id("Author", author.id)]) for author in (ada, emile)
    ]
    by_ada: dict[str, Any] = {"role": Role.CONTRIBUTOR, "author": ada}
    token = (await desk.done("create_preview_token", {"postId": own["id"]}, **by_ada))["token"]
    seen = await desk.api.data(TITLE, {"id": own["id"]}, token)
    assert seen == {"post": {"title": "Bread"}}
    faults = await desk.faults("create_preview_token", {"postId": another["id"]}, **by_ada)
    assert faults == [("NOT_FOUND", ["postId"])]


async def test_a_forged_token_is_refused(desk: Desk) -> None:
    first, second = await desk.create(), await desk.create()
    token: str = (await desk.done("create_preview_token", {"postId": first["id"]}))["token"]
    prefix, key, seconds, signature = token.split("_", 3)
    forged = [
        "_".join((prefix, str(int(key) + 1), seconds, signature)),
        "_".join((prefix, key, str(int(seconds) + 1), signature)),
        "_".join((prefix, key, seconds, signature[::-1])),
        "_".join((prefix, key, "0" + seconds, signature)),
        "_".join((prefix, key, "9" * 11, signature)),
        token[:-1],
        token + "A",
        "prp_",
    ]
    for each in forged:
        answer = await desk.api.send(TITLE, {"id": second["id"]}, each)
        (error,) = answer["errors"]
        assert error["extensions"]["code"] == "UNAUTHENTICATED"
        assert error["message"] == "This preview token is unknown."
        assert "data" not in answer
