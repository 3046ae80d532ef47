"""`submitComment` through HTTP: what is stored, and what is refused without a trace."""

import asyncio
from typing import Any

import factories
import pytest
from sqlalchemy import select

from pressroom.cms.content import Comment
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import reading_session

pytestmark = pytest.mark.anyio


async def test_a_comment_waits_and_is_shown_to_its_sender(guest: Any) -> None:
    payload = await guest.submit(authorUrl="https://guest.example/", authorEmail="g@mail.example")
    comment = payload["comment"]
    assert payload["userErrors"] == []
    assert payload["editToken"].startswith("pce_")
    assert (comment["status"], comment["depth"], comment["parent"]) == ("PENDING", 0, None)
    assert comment["author"]["name"] == "Guest"
    assert (comment["author"]["verified"], comment["author"]["email"]) == (False, None)
    assert comment["body"]["html"] == "<p>Well <em>said</em>.</p>\n"
    assert comment["replies"] == {"totalCount": 0, "nodes": []}
    assert comment["post"] == {"id": guest.post_id, "commentCount": 0}


@pytest.mark.parametrize(
    ("sent", "code", "path"),
    [
        ({"postId": "x"}, "NOT_FOUND", "postId"),
        ({"postId": encode_id("Post", 999)}, "NOT_FOUND", "postId"),
        ({"parentId": encode_id("Comment", 999)}, "NOT_FOUND", "parentId"),
        ({"parentId": "x"}, "NOT_FOUND", "parentId"),
        ({"body": ""}, "REQUIRED", "body"),
        ({"body": " \n\t"}, "REQUIRED", "body"),
        ({"body": "x" * 10_001}, "TOO_LONG", "body"),
        ({"body": "a\0b"}, "INVALID", "body"),
        ({"authorName": ""}, "REQUIRED", "authorName"),
        ({"authorName": "x" * 81}, "TOO_LONG", "authorName"),
        ({"authorName": "a\0b"}, "INVALID", "authorName"),
        ({"authorEmail": "nobody"}, "INVALID", "authorEmail"),
        ({"authorEmail": "a\0@mail.example"}, "INVALID", "authorEmail"),
        ({"idempotencyKey": "x" * 10_000}, "TOO_LONG", "idempotencyKey"),
        ({"idempotencyKey": "a\0"}, "INVALID", "idempotencyKey"),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_stored(
    guest: Any, sent: dict[str, Any], code: str, path: str
) -> None:
    payload = await guest.submit(**sent)
    assert [(each["code"], each["path"]) for each in payload["userErrors"]] == [(code, [path])]
    assert (payload["comment"], payload["editToken"]) == (None, None)
    assert await guest.stored() == 0


async def test_a_parent_must_be_seen_on_the_same_post(guest: Any) -> None:
    other = await factories.make_post(guest.api.app.database, "Another")
    elsewhere = await factories.make_comment(guest.api.app.database, other)
    pending = (await guest.submit())["comment"]["id"]
    for parent in (encode_id("Comment", elsewhere.id), pending):
        payload = await guest.submit(parentId=parent, body="A reply.")
        assert [each["path"] for each in payload["userErrors"]] == [["parentId"]]
    assert await guest.stored() == 2


async def test_a_closed_post_and_an_unseen_one_take_nothing(guest: Any) -> None:
    database = guest.api.app.database
    for fields, code in (({"comments_open": False}, "CLOSED"), ({"publish": False}, "NOT_FOUND")):
        post = await factories.make_post(database, code, **fields)
        payload = await guest.submit(postId=encode_id("Post", post.id))
        assert [each["code"] for each in payload["userErrors"]] == [code]
    assert await guest.stored() == 0


async def test_the_same_again_within_a_day_is_a_duplicate(guest: Any) -> None:
    await guest.submit(body="The same.")
    (error,) = (await guest.submit(body="the  SAME."))["userErrors"]
    assert error["code"] == "DUPLICATE"
    guest.time.pass_by(hours=25)
    assert (await guest.submit(body="The same."))["userErrors"] == []
    assert await guest.stored() == 2


async def test_spam_looks_like_any_comment_to_its_sender(guest: Any) -> None:
    payload = await guest.submit(honeypot="filled")
    assert payload["comment"]["status"] == "PENDING"
    query = "query($id: ID!) { comment(id: $id) { status } }"
    given = {"id": payload["comment"]["id"]}
    own = await guest.api.data(query, given, payload["editToken"])
    assert own["comment"]["status"] == "PENDING"
    seen = await guest.api.data(query, given, guest.moderator)
    assert seen["comment"]["status"] == "SPAM"


async def test_the_same_key_answers_the_same_and_another_input_is_a_conflict(guest: Any) -> None:
    first = await guest.submit(idempotencyKey="k")
    assert await guest.submit(idempotencyKey="k") == first
    (error,) = (await guest.submit(idempotencyKey="k", body="Another."))["userErrors"]
    assert (error["code"], error["path"]) == ("CONFLICT", ["idempotencyKey"])
    assert await guest.stored() == 1


@pytest.mark.parametrize("field", ["status", "verified", "authorId", "depth", "submittedAt"])
async def test_a_guest_cannot_say_what_is_not_theirs_to_say(guest: Any, field: str) -> None:
    sent = {"postId": guest.post_id, "authorName": "G", "body": "B", field: "APPROVED"}
    query = "mutation($i: SubmitCommentInput!) { submitComment(input: $i) { editToken } }"
    error = await guest.api.error(query, {"i": sent})
    assert f"'{field}'" in error["message"]
    assert await guest.stored() == 0


async def test_a_hundred_replies_at_once_are_all_stored_in_order(guest: Any) -> None:
    database = guest.api.app.database
    parent = await factories.make_comment(database, guest.post)
    moderator = {"Authorization": f"Bearer {guest.moderator}"}
    query = "mutation($i: SubmitCommentInput!) { submitComment(input: $i) { userErrors { code } } }"

    async def reply(number: int) -> Any:
        sent = {"postId": guest.post_id, "parentId": encode_id("Comment", parent.id),
                "authorName": "x", "body": f"Reply {number}."}  # fmt: skip
        request = {"query": query, "variables": {"i": sent}}
        return (await guest.api.http.post("/graphql", json=request, headers=moderator)).json()

    answers = await asyncio.gather(*map(reply, range(100)))
    assert answers == [{"data": {"submitComment": {"userErrors": []}}}] * 100
    thread = """query($id: ID!) { comment(id: $id) { replyCount post { commentCount }
        replies(first: 100) { totalCount nodes { body { text } } } } }"""
    seen = (await guest.api.data(thread, {"id": encode_id("Comment", parent.id)}))["comment"]
    assert (seen["replyCount"], seen["post"]["commentCount"]) == (100, 101)
    texts = {each["body"]["text"] for each in seen["replies"]["nodes"]}
    assert texts == {f"Reply {number}." for number in range(100)}
    async with reading_session(database) as session:
        replies = select(Comment.ordinal).where(Comment.parent_id == parent.id)
        assert sorted(await session.scalars(replies)) == list(range(1, 101))
