"""Answers that are kept are those that would be made anew, whatever changes.

The walk takes PRESSROOM_WALK steps (20 unless set), from PRESSROOM_WALK_SEED if that is set.
"""

import dataclasses
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from operations.content import making
from operations.library import OPERATIONS
from operations.random_changes import RandomChanges
from serving import API, serving

from pressroom.cms.settings import Settings

pytestmark = pytest.mark.anyio

STEPS = int(os.environ.get("PRESSROOM_WALK", "20"))
SEED = int(os.environ.get("PRESSROOM_WALK_SEED", "0"))
ALWAYS_ANEW = {"anthologies"}
"""Operations about what no change is told of: a choice that the client made."""
OF_THE_PUBLIC = [operation for operation in OPERATIONS if operation.role is None]
LISTS = """
query Lists {
  posts(first: 3) { totalCount nodes { title } }
  byComments: posts(first: 3, orderBy: COMMENTS_DESC) { nodes { title commentCount } }
  commented: posts(first: 2, orderBy: TITLE_ASC) { nodes { comments { totalCount } } }
  category(by: {slug: "essays"}) { name postCount children { name } posts { nodes { title } } }
  tag(by: {slug: "glue"}) { name posts { nodes { title } } }
  missing: post(by: {slug: "alpha-1"}) { title }
  path: resolvePath(path: "/alpha-1") { __typename ... on Post { title } ... on Redirect { to } }
  comments(first: 3) { nodes { body { text } post { title } } }
}
"""


@asynccontextmanager
async def _pair(settings: Settings) -> AsyncIterator[tuple[API, API]]:
    """Serve one database twice: with answers kept, and with nothing remembered."""
    keeping = dataclasses.replace(settings, answer_cache_bytes=10_000_000)
    forgetting = dataclasses.replace(settings, row_cache_bytes=0)
    async with serving(keeping) as kept, serving(forgetting) as fresh:
        yield kept, fresh


async def test_kept_answers_are_those_made_anew(settings: Settings) -> None:
    seed = SEED or random.SystemRandom().randrange(2**32)
    async with _pair(settings) as (kept, fresh), making(kept.app.database) as content:
        dice, hits = random.Random(seed), 0
        changes = RandomChanges(content, dice)
        asked = [(each.source, each.variables(content)) for each in OF_THE_PUBLIC]
        asked.append((LISTS, None))
        last = "nothing"
        for _ in range(STEPS):
            for source, given in dice.sample(asked, 6):
                kept.statements.clear()
                answer = await kept.content(source, given)
                hits += not kept.statements
                assert answer == await fresh.content(source, given), f"{last}, seed {seed}"
            last = await changes.one()
        assert hits > STEPS // 4, "too few answers were kept to tell"


async def test_all_that_the_public_asks_can_be_kept(settings: Settings) -> None:
    async with _pair(settings) as (kept, _), making(kept.app.database) as content:
        for operation in OF_THE_PUBLIC:
            if operation.name in ALWAYS_ANEW:
                continue
            given = operation.variables(content)
            await kept.content(operation.source, given)
            kept.statements.clear()
            await kept.content(operation.source, given)
            assert not kept.statements, operation.name
