"""What is kept of operations: enough to be quick, and never more than is allowed."""

import dataclasses
import gc
import tracemalloc
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pressroom.cms.actors import ANONYMOUS
from pressroom.cms.http.caller import Caller
from pressroom.cms.http.operations import GraphQLRequest
from pressroom.cms.media.images.library import Library
from pressroom.cms.media.storage import storage_of
from pressroom.cms.plugins import Services
from pressroom.cms.renditions.press.press import Press
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.schema.engine.cache import LeastRecentlyUsed
from pressroom.schema.engine.engine import Engine
from pressroom.schema.plugin import plugin

pytestmark = pytest.mark.anyio

Make = Callable[..., Engine]


@pytest.fixture
async def engine(sqlite_settings: Settings) -> AsyncIterator[Make]:
    """Makes an engine with settings of the test's own."""
    databases = []

    def make(**given: Any) -> Engine:
        settings = dataclasses.replace(sqlite_settings, **given)
        databases.append(Database(settings))
        assert plugin.executor is not None
        storage = storage_of(settings)
        images = Library(storage, settings.max_image_pixels)
        press = Press(settings, storage, images)
        made = plugin.executor(Services(databases[-1], settings, {}, storage, press, images), ())
        assert isinstance(made, Engine)
        return made

    yield make
    for database in databases:
        await database.close()


async def send(engine: Engine, query: str, **variables: Any) -> bytes:
    caller = Caller(ANONYMOUS, "http://test")
    return (await engine(GraphQLRequest(query, variables), caller)).body


def document(number: int) -> str:
    return f"{{ n{number}: __typename posts(first: 3) {{ nodes {{ id title tags {{ name }} }} }} }}"


async def test_only_so_many_are_kept(engine: Make) -> None:
    small = engine(plan_cache_size=10)
    for number in range(50):
        await send(small, document(number))
    assert len(small.preparation.operations) == 10
    assert len(small.preparation.plans) == 10


async def test_shapes_of_variables_fill_no_more_than_that(engine: Make) -> None:
    small = engine(plan_cache_size=10)
    query = "query ($first: Int) { posts(first: $first) { nodes { id } } }"
    for number in range(1, 51):
        await send(small, query, first=number)
    assert len(small.preparation.operations) == 1
    assert len(small.preparation.plans) == 10


async def test_what_is_kept_takes_no_more_memory_than_is_allowed(engine: Make) -> None:
    allowed = 2_000_000
    small = engine(plan_cache_bytes=allowed)
    await send(small, document(0))
    gc.collect()
    tracemalloc.start()
    try:
        for number in range(100):
            await send(small, document(number))
        gc.collect()
        taken, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert small.preparation.operations.weight + small.preparation.plans.weight <= allowed
    assert 10 <= len(small.preparation.operations) < 100
    assert taken < allowed


async def test_what_finds_no_room_is_answered_all_the_same(engine: Make) -> None:
    tiny = engine(plan_cache_bytes=0)
    for _ in range(2):
        assert await send(tiny, "{ __typename }") == b'{"data":{"__typename":"Query"}}'
    assert tiny.metrics.plans_made == 2


async def test_what_is_refused_takes_no_room_from_what_is_good(engine: Make) -> None:
    small = engine(plan_cache_size=2)
    await send(small, document(1))
    for number in range(10):
        await send(small, f"{{ nothing{number} }}")
        await send(small, f"{{ broken{number}")
        await send(small, document(1), needless=number)
        await send(small, "query ($first: Int) { posts(first: $first) { nodes { id } } }", first=0)
    await send(small, document(1))
    metrics = small.metrics
    assert (metrics.documents_read, metrics.plans_made) == (1, 1)
    assert (metrics.plans_used, metrics.requests_refused) == (12, 30)


async def test_whatever_is_not_refused_is_answered_by_a_plan(engine: Make) -> None:
    made = engine()
    asked = [
        "{ __typename __schema { queryType { name } } }",
        "{ viewer { role } posts { nodes { id rendition(format: TEXT) { url } } } }",
        "query ($none: Int) { posts(first: $none) { nodes { id } } nodes(ids: []) { id } }",
        "mutation { __typename }",
        'mutation { deletePost(input: {id: "a", version: 1}) { userErrors { code } } }',
        "{ posts(first: 0) { nodes { id } } }",
        "{ nothing }",
    ]
    for query in asked:
        await send(made, query)
    assert (made.metrics.plans_used, made.metrics.requests_refused) == (5, 2)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 40)), max_size=60))
def test_a_cache_keeps_the_last_used_that_fit(entries: list[tuple[int, int]]) -> None:
    cache = LeastRecentlyUsed[int, int](5, room=50)
    for key, weight in entries:
        cache.put(key, weight, weight)
        assert cache.get(key) == weight
        kept = [found for key in range(10) if (found := cache.get(key)) is not None]
        assert len(cache) == len(kept) <= 5
        assert cache.weight == sum(kept) <= 50
