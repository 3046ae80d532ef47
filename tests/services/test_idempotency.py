from datetime import timedelta

import pytest
from sqlalchemy import update

from pressroom.cms.content import IdempotencyKey
from pressroom.cms.errors import Refused, UserErrorCode
from pressroom.cms.services import idempotency
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import unit_of_work

pytestmark = pytest.mark.anyio


class Counter:
    """Something that has an effect each time it runs."""

    def __init__(self) -> None:
        self.runs = 0

    async def run(self) -> dict[str, int]:
        self.runs += 1
        return {"run": self.runs}


async def call(database: Database, counter: Counter, key: str | None, wanted: object) -> object:
    async with unit_of_work(database) as session:
        return await idempotency.once(session, "scope", key, wanted, counter.run)


async def test_the_same_key_and_input_answer_the_same(database: Database) -> None:
    counter = Counter()
    for _ in range(2):
        assert await call(database, counter, "key", {"a": 1}) == {"run": 1}
    assert await call(database, counter, "other", {"a": 1}) == {"run": 2}


async def test_another_input_with_the_same_key_is_a_conflict(database: Database) -> None:
    counter = Counter()
    await call(database, counter, "key", {"a": 1})
    with pytest.raises(Refused) as refused:
        await call(database, counter, "key", {"a": 2})
    assert refused.value.errors[0].code is UserErrorCode.CONFLICT
    assert refused.value.errors[0].path == ("idempotencyKey",)


async def test_without_a_key_it_just_runs(database: Database) -> None:
    counter = Counter()
    for number in (1, 2):
        assert await call(database, counter, None, {}) == {"run": number}


async def test_a_refusal_leaves_the_key_free(database: Database) -> None:
    async def refuse() -> dict[str, int]:
        raise Refused.because(UserErrorCode.INVALID, "No.")

    with pytest.raises(Refused):
        async with unit_of_work(database) as session:
            await idempotency.once(session, "scope", "key", {}, refuse)
    assert await call(database, Counter(), "key", {"a": 1}) == {"run": 1}


async def test_a_key_is_forgotten_after_a_day(database: Database) -> None:
    counter = Counter()
    await call(database, counter, "key", {})
    await call(database, counter, "purged", {})
    past = clock.now() - timedelta(seconds=1)
    async with unit_of_work(database) as session:
        await session.execute(update(IdempotencyKey).values(expires_at=past))
    assert await call(database, counter, "key", {"another": True}) == {"run": 3}
    async with unit_of_work(database) as session:
        assert await idempotency.purge(session) == 1


@pytest.mark.parametrize("key", ["", "x" * 201, "nul \x00"])
async def test_a_key_is_bounded(sqlite_database: Database, key: str) -> None:
    with pytest.raises(Refused):
        await call(sqlite_database, Counter(), key, {})
