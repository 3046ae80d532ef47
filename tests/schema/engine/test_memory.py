"""What is remembered of rows is what would be shown anew, and takes no more than its room."""

import dataclasses
import random
from typing import Any

import factories
import pytest
from hypothesis import given
from hypothesis import strategies as st
from operations.content import making
from operations.library import OPERATIONS
from operations.random_changes import RandomChanges
from serving import API, serving
from writing import Desk

from pressroom.cms.settings import Settings
from pressroom.cms.store.keys import encode_id
from pressroom.schema.engine.memory import Memory, Room

pytestmark = pytest.mark.anyio

STEPS = 8
OF_THE_PUBLIC = [operation for operation in OPERATIONS if operation.role is None]
POSTS = """
{
  posts {
    nodes { title authors { name } commentCount }
    edges { cursor node { title categories { name } } }
  }
}
"""
THREAD = """
query ($id: ID!) {
  node(id: $id) {
    ... on Post { comments { nodes { body { text } replies { nodes { body { text } } } } } }
  }
}
"""


async def test_what_is_remembered_is_what_would_be_shown_anew(settings: Settings) -> None:
    seed = random.SystemRandom().randrange(2**32)
    forgetting = dataclasses.replace(settings, row_cache_bytes=0)
    async with (
        serving(settings) as remembering,
        serving(forgetting) as fresh,
        making(remembering.app.database) as content,
    ):
        dice = random.Random(seed)
        changes = RandomChanges(content, dice)
        asked = [(each.source, each.variables(content)) for each in OF_THE_PUBLIC]
        asked.append((POSTS, None))
        last = "nothing"
        for _ in range(STEPS):
            for source, variables in dice.sample(asked, 6):
                for _ in range(2):
                    answer = await remembering.content(source, variables)
                assert answer == await fresh.content(source, variables), f"{last}, seed {seed}"
            last = await changes.one()


async def test_a_reply_appears_below_a_comment_that_had_none(api: API) -> None:
    database = api.app.database
    post = await factories.make_post(database)
    first = await factories.make_comment(database, post, body="A question.")
    asked = {"id": encode_id("Post", post.id)}

    async def thread() -> Any:
        return (await api.data(THREAD, asked))["node"]["comments"]["nodes"]

    assert await thread() == await thread()
    await factories.make_comment(database, post, parent=first, body="An answer.")
    ((answer,),) = [each["replies"]["nodes"] for each in await thread()]
    assert answer == {"body": {"text": "An answer."}}


async def test_a_dry_run_leaves_nothing_behind(api: API) -> None:
    desk = Desk(api)
    author = await factories.make_author(api.app.database, name="Ada")
    await factories.make_post(api.app.database, authors=[author])
    await api.data(POSTS)
    renamed = {"id": encode_id("Author", author.id), "name": "Eve", "dryRun": True}
    await desk.done("update_author", renamed)
    (post,) = (await api.data(POSTS))["posts"]["nodes"]
    assert post["authors"] == [{"name": "Ada"}]


def test_rows_that_do_not_come_again_are_not_remembered_for_long() -> None:
    memory, most = Memory(Room(10_000)), []
    for row in range(1_000):
        memory.sought += 1
        assert memory.make(row, row, lambda shown: {"shown": shown}) is not None
        most.append(len(memory.known))
    first = most.index(max(most))
    assert max(most[first + 1 : first + 200]) == 1, "it rests"
    assert max(most[first + 200 :]) > 1, "and begins again"


@given(st.integers(0, 20_000), st.lists(st.text(max_size=2_000), max_size=40))
def test_memories_take_no_more_than_their_room(size: int, rows: list[str]) -> None:
    room = Room(size)
    memories = [Memory(room) for _ in range(3)]
    for place, row in enumerate(rows):
        memory = memories[place % 3]
        made = memory.make(place, row, lambda shown: {"shown": shown})
        assert made is not None
        assert room.used <= size
        taken = sum(len(made.row) for memory in memories for made in memory.known.values())
        assert taken <= size
