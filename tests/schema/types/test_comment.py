"""Threads: their shapes, orders and tombstones."""

import random
from typing import Any

import factories
import pytest
from operations.content import making
from serving import API

from pressroom.cms.content import Comment
from pressroom.cms.services.comments import moderation
from pressroom.cms.services.comments.moderation import ModerationAction
from pressroom.cms.services.posts import publication
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import unit_of_work

pytestmark = pytest.mark.anyio

THREADED = """
query Threaded($id: ID!, $order: CommentOrder!) {
  post(by: {id: $id}) {
    commentCount
    comments(first: 9, orderBy: $order) { totalCount nodes { ...C
      replies(first: 9, orderBy: $order) { totalCount nodes { ...C
        replies(first: 9, orderBy: $order) { totalCount nodes { ...C
          replies(first: 9, orderBy: $order) { totalCount nodes { ...C
    } } } } } } } }
    flat: comments(first: 100, orderBy: $order, shape: FLAT) { totalCount nodes { ...C } }
  }
}
fragment C on Comment {
  id depth status replyCount author { name url avatarUrl } body { html markdown text }
}
"""


def walked(connection: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Walk threads depth first."""
    found = []
    for node in connection["nodes"] if connection else ():
        replies = node.pop("replies", None)
        if replies is not None:
            assert replies["totalCount"] == node["replyCount"] == len(replies["nodes"])
        found += [node, *walked(replies)]
    return found


async def _grow(api: API, parents: list[int], trashed: set[int]) -> str:
    """Make a thread: each number names the earlier comment that one replies to, 0 none."""
    database = api.app.database
    post = await factories.make_post(database)
    made: list[Comment] = []
    for number, parent in enumerate(parents):
        answered = made[parent - 1] if 0 < parent <= len(made) else None
        if answered is not None and answered.depth >= 3:
            answered = None
        made.append(await factories.make_comment(database, post, answered, body=f"{number}"))
    async with unit_of_work(database) as session:
        ids = [made[place].id for place in sorted(trashed) if place < len(made)]
        await moderation.moderate(session, factories.EDITOR, ids, ModerationAction.TRASH)
    return encode_id("Post", post.id)


@pytest.mark.parametrize("seed", range(3))
async def test_flat_is_threaded_walked_depth_first(api: API, seed: int) -> None:
    dice = random.Random(seed)
    parents = [dice.randint(0, number) for number in range(9)]
    trashed = {dice.randrange(9) for _ in range(4)}
    post_id = await _grow(api, parents, trashed)
    for order in ("OLDEST", "NEWEST"):
        post = (await api.data(THREADED, {"id": post_id, "order": order}))["post"]
        threaded, flat = walked(post["comments"]), post["flat"]["nodes"]
        assert flat == threaded
        assert len({each["id"] for each in flat}) == len(flat) == post["flat"]["totalCount"]
        approved = [each for each in flat if each["status"] == "APPROVED"]
        assert post["commentCount"] == len(approved)
        roots = [each for each in flat if each["depth"] == 0]
        assert post["comments"]["totalCount"] == len(roots)


async def test_a_tombstone_keeps_its_place_and_says_nothing(api: API) -> None:
    post_id = await _grow(api, [0, 1, 0], {0})
    post = (await api.data(THREADED, {"id": post_id, "order": "OLDEST"}))["post"]
    tombstone, reply, last = post["flat"]["nodes"]
    nobody = "http://testserver/avatars/" + "0" * 32 + ".svg"
    assert tombstone.pop("id")
    assert tombstone == {
        "depth": 0,
        "status": "REMOVED",
        "replyCount": 1,
        "author": {"name": "", "url": None, "avatarUrl": nobody},
        "body": {"html": "", "markdown": "", "text": ""},
    }
    assert (reply["depth"], reply["status"], last["depth"]) == (1, "APPROVED", 0)
    assert (post["commentCount"], post["flat"]["totalCount"]) == (2, 3)


async def test_a_tombstone_goes_when_its_last_reply_does(api: API) -> None:
    post_id = await _grow(api, [0, 1, 0], {0, 1})
    post = (await api.data(THREADED, {"id": post_id, "order": "OLDEST"}))["post"]
    assert [each["body"]["text"] for each in post["flat"]["nodes"]] == ["2"]
    assert post["commentCount"] == post["comments"]["totalCount"] == 1


async def test_who_sees_what_is_not_approved(api: API) -> None:
    query = "query($id: ID!) { comment(id: $id) { status author { name email } body { text } } }"
    async with making(api.app.database) as content:
        for name, status in (("pending", "PENDING"), ("third", "SPAM"), ("second", "TRASHED")):
            given = {"id": content.ids()[f"{name}Comment"]}
            seen = (await api.data(query, given, content.tokens["moderator"]))["comment"]
            assert (seen["status"], seen["author"]["name"]) == (status, name.capitalize())
            public = (await api.data(query, given))["comment"]
            assert public is None or (name, public["status"]) == ("second", "REMOVED")
        first = {"id": content.ids()["firstComment"]}
        for role, email in (("moderator", "jenn@mail.example"), (None, None)):
            token = content.tokens[role] if role else None
            author = (await api.data(query, first, token))["comment"]["author"]
            assert author["email"] == email


async def test_nobody_sees_a_comment_on_a_post_they_do_not_see(api: API) -> None:
    async with making(api.app.database) as content:
        query = "query($id: ID!) { comment(id: $id) { post { title } } comments { totalCount } }"
        given = {"id": content.ids()["firstComment"]}
        await content.step("press", publication.unpublish)
        for role in (None, "moderator"):
            answer = await api.data(query, given, content.tokens.get(role or ""))
            assert answer == {"comment": None, "comments": {"totalCount": 0}}
