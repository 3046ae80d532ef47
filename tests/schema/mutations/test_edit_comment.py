"""`editComment` and `withdrawComment` through HTTP: by the holder of the token, in time."""

from typing import Any

import factories
import pytest

pytestmark = pytest.mark.anyio


async def test_the_sender_changes_a_comment_in_time(guest: Any) -> None:
    sent = await guest.submit()
    guest.time.pass_by(minutes=14)
    payload = await guest.edit(sent["comment"]["id"], sent["editToken"], "Better *said*.")
    assert payload["userErrors"] == []
    assert payload["comment"]["body"]["html"] == "<p>Better <em>said</em>.</p>\n"
    assert payload["comment"]["editedAt"] is not None
    assert payload["comment"]["status"] == "PENDING"


async def test_after_a_while_it_stands(guest: Any) -> None:
    sent = await guest.submit()
    guest.time.pass_by(minutes=15, seconds=1)
    comment_id, token = sent["comment"]["id"], sent["editToken"]
    for payload in (await guest.edit(comment_id, token), await guest.withdraw(comment_id, token)):
        assert [each["code"] for each in payload["userErrors"]] == ["EXPIRED"]


@pytest.mark.parametrize(
    "forged", ["", "x", "pce_", "pce_1_AAAA", "pce_1_é", "pce_1_\0", "x" * 5_000]
)
async def test_a_forged_token_opens_nothing(guest: Any, forged: str) -> None:
    sent = await guest.submit()
    other = await guest.submit(body="Something else.")
    for token in (forged, other["editToken"]):
        edited = await guest.edit(sent["comment"]["id"], token)
        withdrawn = await guest.withdraw(sent["comment"]["id"], token)
        for payload in (edited, withdrawn):
            (error,) = payload["userErrors"]
            assert (error["code"], error["path"]) == ("INVALID", ["editToken"])
        assert (edited["comment"], withdrawn["withdrawnId"]) == (None, None)
    assert await guest.stored() == 2


@pytest.mark.parametrize(
    ("body", "code"), [("", "REQUIRED"), ("x" * 10_001, "TOO_LONG"), ("a\0", "INVALID")]
)
async def test_a_new_body_is_checked_like_the_first(guest: Any, body: str, code: str) -> None:
    sent = await guest.submit()
    payload = await guest.edit(sent["comment"]["id"], sent["editToken"], body)
    assert [(each["code"], each["path"]) for each in payload["userErrors"]] == [(code, ["body"])]


async def test_what_is_withdrawn_is_gone(guest: Any) -> None:
    sent = await guest.submit()
    payload = await guest.withdraw(sent["comment"]["id"], sent["editToken"])
    assert payload == {"withdrawnId": sent["comment"]["id"], "userErrors": []}
    query = "query($id: ID!) { comment(id: $id) { id body { text } author { name } } }"
    shown = (await guest.api.data(query, {"id": sent["comment"]["id"]}))["comment"]
    assert shown is None
    again = await guest.edit(sent["comment"]["id"], sent["editToken"])
    assert [each["code"] for each in again["userErrors"]] == ["CONFLICT"]


async def test_what_is_withdrawn_keeps_its_place_above_replies(guest: Any) -> None:
    comment = await factories.make_comment(guest.api.app.database, guest.post)
    await factories.make_comment(guest.api.app.database, guest.post, comment, body="A reply.")
    sent = await guest.submit(body="Another.")
    assert (await guest.withdraw(sent["comment"]["id"], sent["editToken"]))["userErrors"] == []
    query = "query($id: ID!) { post(by: {id: $id}) { commentCount comments { totalCount } } }"
    post = (await guest.api.data(query, {"id": guest.post_id}))["post"]
    assert post == {"commentCount": 2, "comments": {"totalCount": 1}}
