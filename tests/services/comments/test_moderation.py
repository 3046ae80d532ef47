"""What moderators decide."""

import asyncio
import random
from contextlib import suppress

import factories
import pytest
from comments.recomputed import assert_right
from services.commenting import Commenting, faults

from pressroom.cms.content import Comment, CommentStatus
from pressroom.cms.errors import Refused, UserErrorCode
from pressroom.cms.services.comments import Submitted
from pressroom.cms.services.comments.moderation import ModerationAction
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database

pytestmark = pytest.mark.anyio

APPROVE, HOLD = ModerationAction.APPROVE, ModerationAction.HOLD
SPAM, TRASH, RESTORE = ModerationAction.SPAM, ModerationAction.TRASH, ModerationAction.RESTORE


@pytest.fixture
async def commenting(database: Database, settings: Settings) -> Commenting:
    return Commenting(database, settings, await factories.make_post(database))


async def test_approval_gives_places_in_its_own_order(commenting: Commenting) -> None:
    first = (await commenting.submit("First sent.")).comment
    second = (await commenting.submit("Second sent.")).comment
    await commenting.moderate(APPROVE, second.id)
    await commenting.moderate(APPROVE, first.id)
    seen = await assert_right(commenting.database, commenting.post.id)
    assert [comment.id for comment in seen] == [second.id, first.id]
    assert (await commenting.journal())[-1] == ("approve", first.id, "CREATED", True)


async def test_a_place_is_kept(commenting: Commenting) -> None:
    sent = [(await commenting.submit(f"Number {number}")).comment for number in range(3)]
    await commenting.moderate(APPROVE, *(comment.id for comment in sent))
    before = (await commenting.stored(sent[1].id)).path
    await commenting.moderate(HOLD, sent[1].id)
    await commenting.moderate(APPROVE, sent[1].id)
    assert (await commenting.stored(sent[1].id)).path == before
    await assert_right(commenting.database, commenting.post.id)


@pytest.mark.parametrize(
    ("actions", "status"),
    [
        ([APPROVE], CommentStatus.APPROVED),
        ([APPROVE, HOLD], CommentStatus.PENDING),
        ([SPAM], CommentStatus.SPAM),
        ([SPAM, RESTORE], CommentStatus.PENDING),
        ([APPROVE, TRASH, RESTORE], CommentStatus.PENDING),
        ([TRASH, APPROVE], CommentStatus.APPROVED),
        ([RESTORE], CommentStatus.PENDING),
    ],
)
async def test_actions(
    commenting: Commenting, actions: list[ModerationAction], status: CommentStatus
) -> None:
    comment = (await commenting.submit()).comment
    for action in actions:
        moderated = await commenting.moderate(action, comment.id)
        assert (len(moderated.comments), moderated.errors) == (1, [])
    assert (await commenting.stored(comment.id)).status is status
    await assert_right(commenting.database, commenting.post.id)


async def test_the_same_again_changes_nothing(commenting: Commenting) -> None:
    comment = (await commenting.submit()).comment
    await commenting.moderate(APPROVE, comment.id)
    before = await commenting.journal()
    moderated = await commenting.moderate(APPROVE, comment.id, comment.id)
    assert [one.id for one in moderated.comments] == [comment.id]
    assert await commenting.journal() == before


async def test_one_that_cannot_be_moderated_stops_no_other(commenting: Commenting) -> None:
    withdrawn = await commenting.submit("I regret this.")
    await commenting.withdraw(withdrawn)
    approved = (await commenting.unmoderated().submit("Approved.")).comment
    trashed = (await commenting.submit("Trashed.")).comment
    await commenting.moderate(TRASH, trashed.id)
    ids = (4711, withdrawn.comment.id, trashed.id, 2**80, approved.id)
    moderated = await commenting.moderate(RESTORE, *ids)
    assert [one.id for one in moderated.comments] == [trashed.id]
    assert [(error.code, error.path) for error in moderated.errors] == [
        (UserErrorCode.NOT_FOUND, ("ids", "0")),
        (UserErrorCode.CONFLICT, ("ids", "1")),
        (UserErrorCode.NOT_FOUND, ("ids", "3")),
        (UserErrorCode.CONFLICT, ("ids", "4")),
    ]
    assert (await commenting.stored(trashed.id)).status is CommentStatus.PENDING


async def test_too_many_at_once(commenting: Commenting) -> None:
    with pytest.raises(Refused) as refused:
        await commenting.moderate(APPROVE, *range(1, 102))
    assert faults(refused.value) == [(UserErrorCode.TOO_MANY, "ids")]


async def test_tombstones_come_and_go_up_the_chain(commenting: Commenting) -> None:
    open_door = commenting.unmoderated()
    chain: list[Comment] = []
    for number in range(4):
        parent = chain[-1] if chain else None
        chain.append((await open_door.submit(f"Number {number}", parent=parent)).comment)
    *above, last = [comment.id for comment in chain]
    await commenting.moderate(HOLD, *above)
    assert (await commenting.post_now()).tombstone_count == 3
    assert len(await assert_right(commenting.database, commenting.post.id)) == 4
    await commenting.moderate(SPAM, last)
    assert await assert_right(commenting.database, commenting.post.id) == []
    assert [entry[1:3] for entry in (await commenting.journal())[-4:]] == [
        (comment_id, "DELETED") for comment_id in (last, *reversed(above))
    ]
    await commenting.moderate(APPROVE, last)
    assert len(await assert_right(commenting.database, commenting.post.id)) == 4
    assert [entry[1:3] for entry in (await commenting.journal())[-4:]] == [
        (comment_id, "CREATED") for comment_id in (*above, last)
    ]


async def test_comments_of_several_posts_are_moderated_at_once(commenting: Commenting) -> None:
    posts = [
        await factories.make_post(commenting.database, title=f"Post {number}")
        for number in range(3)
    ]
    ids = [(await commenting.submit(post_id=post.id)).comment.id for post in posts]
    await asyncio.gather(
        *(
            commenting.moderate(action, *random.Random(number).sample(ids, 3))
            for number, action in enumerate([APPROVE, HOLD, SPAM, TRASH] * 5)
        )
    )
    for post in posts:
        await assert_right(commenting.database, post.id)


@pytest.mark.parametrize("seed", range(6))
async def test_a_random_walk_keeps_places_counts_and_orders(
    commenting: Commenting, seed: int
) -> None:
    dice = random.Random(seed)
    walk = _Walk(commenting, dice)
    for step in range(60):
        await walk.step(step)
        if step % 6 == 5:
            await assert_right(commenting.database, commenting.post.id)
    await assert_right(commenting.database, commenting.post.id)


@pytest.mark.parametrize("seed", range(2))
async def test_walks_that_cross_keep_places_counts_and_orders(
    commenting: Commenting, seed: int
) -> None:
    walk = _Walk(commenting, random.Random(seed))
    for first in range(0, 100, 20):
        await asyncio.gather(*(walk.step(first + number) for number in range(20)))
    await assert_right(commenting.database, commenting.post.id)


class _Walk:
    """Readers and moderators who do whatever comes to their minds."""

    def __init__(self, commenting: Commenting, dice: random.Random) -> None:
        self._commenting = commenting
        self._dice = dice
        self._sent: list[Submitted] = []

    async def step(self, number: int) -> None:
        act = self._dice.choice([self._submit, self._submit, self._moderate, self._change])
        # A reply to what is hidden, say, is refused: it must leave no trace either.
        with suppress(Refused):
            await act(number)

    async def _submit(self, number: int) -> None:
        door = self._dice.choice([self._commenting, self._commenting.unmoderated()])
        parent = self._dice.choice([None, *self._sent[-8:]])
        self._sent.append(
            await door.submit(f"Number {number}", parent=parent.comment if parent else None)
        )

    async def _moderate(self, _number: int) -> None:
        ids = [one.comment.id for one in self._sent if self._dice.random() < 0.3]
        await self._commenting.moderate(self._dice.choice(list(ModerationAction)), *ids)

    async def _change(self, number: int) -> None:
        if self._sent:
            one = self._dice.choice(self._sent)
            if self._dice.random() < 0.5:
                await self._commenting.withdraw(one)
            else:
                await self._commenting.edit(one, f"Edited in step {number}")
