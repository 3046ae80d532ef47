"""The engine against the ordinary executor: whole answers, whatever is asked.

As many operations as PRESSROOM_FUZZ says (2,000 unless set) are generated from the schema. Where
one is answered otherwise than it should be, PRESSROOM_FUZZ_SEED makes them all again.
"""

import json
import os
import random
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import databases
import pytest
from differential import content
from differential.generated import SIZES, Generated, Writer
from differential.ordinary import Ordinary
from differential.samples import Samples, gather
from operations.content import making
from operations.library import OPERATIONS
from serving import API, serving
from starlette.requests import Request

from pressroom.cms.actors import Actor, Role
from pressroom.schema.build import build_schema, executable

OPERATIONS_MADE = int(os.environ.get("PRESSROOM_FUZZ", "2000"))
PARTS = 8
"""Tests that they are shared among, for processes to take side by side."""
SEED = int(os.environ.get("PRESSROOM_FUZZ_SEED", random.SystemRandom().randrange(2**32)))
ROLES = [Role.READER, Role.READER, Role.MODERATOR, Role.EDITOR]
SCHEMA = executable(build_schema())
LIMITLESS = replace(
    databases.SETTINGS,
    max_tokens=100_000,
    max_aliases=1_000,
    max_directives=1_000,
    max_depth=40,
    max_root_fields=1_000,
    max_nodes=10**12,
)


@dataclass
class Site:
    """One content set, answered by both executors."""

    api: API
    ordinary: dict[Role, Ordinary]
    samples: Samples

    async def engine(self, query: str, variables: dict[str, Any], role: Role) -> bytes:
        return await _post(self.api, query, variables, role)


async def _post(api: API, query: str, variables: dict[str, Any] | None, role: Role) -> bytes:
    request = {"query": query, "variables": variables}
    response = await api.http.post("/graphql", json=request, headers={"role": role.value})
    return response.content


async def _site(api: API) -> Site:
    def asking(role: Role) -> Ordinary:
        async def ask(query: str) -> dict[str, Any]:
            answer: dict[str, Any] = json.loads(await _post(api, query, None, role))
            return answer

        return Ordinary(ask)

    async def read(query: str) -> dict[str, Any]:
        answer = json.loads(await _post(api, query, None, Role.EDITOR))
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    return Site(api, {role: asking(role) for role in ROLES}, await gather(read))


async def _by_header(request: Request) -> Actor:
    return Actor(role=Role(request.headers["role"]), name="someone")


@pytest.fixture(scope="module")
def addresses(
    sqlite_databases: databases.Databases, postgresql_databases: databases.Databases
) -> tuple[str, str]:
    return sqlite_databases.migrated(), postgresql_databases.migrated()


@asynccontextmanager
async def _opened(addresses: tuple[str, str], media: Path) -> AsyncIterator[dict[str, Site]]:
    """The same content on each kind of database."""
    async with AsyncExitStack() as stack:
        opened = []
        for address in addresses:
            chosen = replace(LIMITLESS, database_url=address, media_dir=media)
            api = await stack.enter_async_context(serving(chosen, authenticate=_by_header))
            opened.append(api)
        await content.fill(opened[0].app.database)
        await content.copy(opened[0].app.database, opened[1].app.database)
        yield {"sqlite": await _site(opened[0]), "postgresql": await _site(opened[1])}


@pytest.fixture(scope="module")
async def sites(
    addresses: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[dict[str, Site]]:
    async with _opened(addresses, tmp_path_factory.mktemp("media")) as sites:
        yield sites


def shown(answer: Any) -> str:
    return json.dumps(answer, ensure_ascii=False, indent=1)


def places(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """Give what the errors of an answer are about."""
    errors = answer.get("errors", ())
    return sorted((shown(error.get("path")), shown(error.get("locations"))) for error in errors)


async def compare(site: Site, operation: Generated, variables: dict[str, Any], role: Role) -> bytes:
    """Have both executors answer; gives the answer."""
    answer = await site.engine(operation.query, variables, role)
    engine = json.loads(answer)
    execute = site.ordinary[role].execute
    ordinary = await execute(operation.query, variables, valid="data" in engine)
    for error in engine.get("errors", ()):
        assert error["extensions"]["code"] != "INTERNAL"
    if "data" in engine:
        assert shown(engine["data"]) == shown(ordinary["data"])
        assert places(engine) == places(ordinary)
    else:
        # A plan is made before it is known which fields are reached: of an argument that nobody
        # comes to read only the engine says that it cannot be.
        assert operation.faulty or "errors" in ordinary, shown(engine)
    return answer


async def compare_all(sites: dict[str, Site], operation: Generated, role: Role) -> None:
    """Send an operation with each assignment of its variables, and with the first again."""
    sqlite, postgresql = sites["sqlite"], sites["postgresql"]
    first, *others = operation.variables
    answer = await compare(sqlite, operation, first, role)
    for variables in others:
        await compare(sqlite, operation, variables, role)
    assert await sqlite.engine(operation.query, first, role) == answer
    if "search" in operation.query:
        # Each database weighs words in its own way.
        await compare(postgresql, operation, first, role)
    else:
        assert await postgresql.engine(operation.query, first, role) == answer


@pytest.mark.anyio
async def test_operations_of_the_collection(api: API) -> None:
    async with making(api.app.database) as made:
        for operation in OPERATIONS:
            variables, token = operation.variables(made), operation.token(made)
            ordinary = Ordinary(partial(api.send, token=token))
            engine = await api.send(operation.source, variables, token)
            expected = await ordinary.execute(operation.source, variables)
            assert shown(engine) == shown(expected), operation.name


def generated(samples: Samples, number: int, size: int | None = None) -> tuple[Generated, Role]:
    """Write an operation, the same for its number each time, perhaps of a size of the caller's."""
    chance = random.Random(f"{SEED}/{number}")
    role, usual = chance.choice(ROLES), chance.choice(SIZES)
    return Writer(SCHEMA, samples, chance, size or usual).operation(), role


async def fault(sites: dict[str, Site], operation: Generated, role: Role) -> str | None:
    """Tell what is wrong with the answers to an operation, if anything is."""
    try:
        await compare_all(sites, operation, role)
    except AssertionError as error:
        return f"{role}\n{operation.query}\n{shown(operation.variables)}\n{error}"
    return None


async def smallest_fault(sites: dict[str, Site], number: int) -> str:
    """Tell of the smallest operation that goes wrong among those that are written alike."""
    for size in range(1, max(SIZES) + 1):
        if found := await fault(sites, *generated(sites["sqlite"].samples, number, size)):
            return found
    return "nothing is wrong with it a second time"


@pytest.mark.anyio
@pytest.mark.parametrize("part", range(PARTS))
# graphql-core leaves what it has begun when a field beside it fails at once.
@pytest.mark.filterwarnings("ignore:coroutine 'Executor:RuntimeWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_generated_operations(sites: dict[str, Site], part: int) -> None:
    print(f"PRESSROOM_FUZZ_SEED={SEED}")  # noqa: T201 shown where a test fails
    for number in range(part, OPERATIONS_MADE, PARTS):
        if await fault(sites, *generated(sites["sqlite"].samples, number)):
            pytest.fail(f"operation {number}: {await smallest_fault(sites, number)}")
