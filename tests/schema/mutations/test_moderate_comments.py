"""`moderateComments` through HTTP."""

import factories
import pytest
from serving import API
from writing import Desk, known

from pressroom.cms.actors import Role
from pressroom.cms.store.keys import encode_id

pytestmark = pytest.mark.anyio

THREAD = "{ posts { nodes { commentCount comments { totalCount nodes { body { text } } } } } }"


async def test_from_the_queue_into_the_thread_and_out_again(api: API) -> None:
    desk, database = Desk(api), api.app.database
    post = await factories.make_post(database)
    sender = {"author_email": "jenn@mail.example"}
    comment = await factories.make_comment(database, post, approve=False, **sender)
    ids = [encode_id("Comment", comment.id)]
    expected = {"APPROVE": ("APPROVED", 1), "HOLD": ("PENDING", 0), "SPAM": ("SPAM", 0),
                "RESTORE": ("PENDING", 0), "TRASH": ("TRASHED", 0)}  # fmt: skip
    for action, (status, public) in expected.items():
        sent = {"ids": ids, "action": action}
        payload = await desk.done("moderate_comments", sent, role=Role.MODERATOR)
        (moderated,) = payload["comments"]
        assert moderated["status"] == status
        assert moderated["author"] == {"name": "Reader", "email": "jenn@mail.example"}
        (shown,) = (await desk.read(THREAD))["posts"]["nodes"]
        assert (shown["commentCount"], shown["comments"]["totalCount"]) == (public, public)


async def test_one_unknown_id_does_not_stop_the_others(api: API) -> None:
    desk, database = Desk(api), api.app.database
    post = await factories.make_post(database)
    bodies = ["One.", "Two."]
    first, second = [
        encode_id(
            "Comment", (await factories.make_comment(database, post, body=body, approve=False)).id
        )
        for body in bodies
    ]
    ids = [second, "unknown", first, encode_id("Post", post.id), second]
    payload = await desk.write("moderate_comments", {"ids": ids, "action": "APPROVE"})
    assert [comment["id"] for comment in payload["comments"]] == [second, first]
    assert [(error["code"], error["path"]) for error in payload["userErrors"]] == [
        ("NOT_FOUND", ["ids", "1"])
    ]


async def test_what_makes_no_sense(api: API) -> None:
    desk, database = Desk(api), api.app.database
    comment = await factories.make_comment(database, await factories.make_post(database))
    sent = {"ids": [encode_id("Comment", comment.id)], "action": "RESTORE"}
    assert await desk.faults("moderate_comments", sent) == [("CONFLICT", ["ids", "0"])]
    answer = await desk.send("moderate_comments", {**sent, "ids": ["x"] * 101})
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
    nothing = await desk.write("moderate_comments", {**sent, "ids": []})
    assert nothing == {"comments": [], "userErrors": []}


async def test_a_moderator_knows_nothing_of_what_stands_on_a_draft(api: API) -> None:
    desk, database = Desk(api), api.app.database
    post = await factories.make_post(database)
    comment = await factories.make_comment(database, post, approve=False)
    await desk.post("unpublish_post", known(post))
    sent = {"ids": [encode_id("Comment", comment.id)], "action": "APPROVE"}
    faults = await desk.faults("moderate_comments", sent, role=Role.MODERATOR)
    assert faults == [("NOT_FOUND", ["ids", "0"])]
    payload = await desk.done("moderate_comments", sent)
    assert [each["status"] for each in payload["comments"]] == ["APPROVED"]


async def test_the_same_key_moderates_once(api: API) -> None:
    desk, database = Desk(api), api.app.database
    comment = await factories.make_comment(database, await factories.make_post(database))
    sent = {
        "ids": [encode_id("Comment", comment.id), "x"],
        "action": "TRASH",
        "idempotencyKey": "1",
    }
    first = await desk.write("moderate_comments", sent)
    stored = await desk.stored()
    assert await desk.write("moderate_comments", sent) == first
    assert await desk.stored() == stored
