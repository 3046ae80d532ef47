"""The engine against the ordinary executor: whole answers, whatever is asked.

As many operations as PRESSROOM_FUZZ says (60 unless set) are generated from the schema,
beginning at PRESSROOM_FUZZ_SEED.
"""

import json
import os
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import databases
import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal
from differential import content
from differential.generated import Generated, Writer
from differential.ordinary import Ordinary
from differential.samples import Samples, gather
from hypothesis import HealthCheck, Phase, given, note, seed, settings
from hypothesis import strategies as st
from operations.content import making
from operations.library import OPERATIONS
from serving import API, serving
from starlette.requests import Request

from pressroom.cms.actors import Actor, Role
from pressroom.schema.build import build_schema, executable

EXAMPLES = int(os.environ.get("PRESSROOM_FUZZ", "60"))
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
FUZZ = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    print_blob=False,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate, Phase.shrink],
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
def portal() -> Iterator[BlockingPortal]:
    """A loop of its own: hypothesis calls a test again and again, and waits for each time."""
    with start_blocking_portal() as portal:
        yield portal


@pytest.fixture(scope="module")
def sites(
    portal: BlockingPortal,
    addresses: tuple[str, str],
    tmp_path_factory: pytest.TempPathFactory,
    pytestconfig: pytest.Config,
) -> Iterator[dict[str, Site]]:
    pytestconfig.get_terminal_writer().line(f"PRESSROOM_FUZZ_SEED={SEED}")
    media: Path = tmp_path_factory.mktemp("media")
    with portal.wrap_async_context_manager(_opened(addresses, media)) as sites:
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
    ordinary = await site.ordinary[role].execute(operation.query, variables)
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
    """Send an operation with both assignments of its variables, and with the first again."""
    first, second = operation.variables
    answers = []
    for variables in (first, second):
        answer = await compare(sites["sqlite"], operation, variables, role)
        if "search" in operation.query:
            # Each database weighs words in its own way.
            await compare(sites["postgresql"], operation, variables, role)
        else:
            assert await sites["postgresql"].engine(operation.query, variables, role) == answer
        answers.append(answer)
    assert await sites["sqlite"].engine(operation.query, first, role) == answers[0]


@pytest.mark.anyio
async def test_operations_of_the_collection(api: API) -> None:
    async with making(api.app.database) as made:
        for operation in OPERATIONS:
            variables, token = operation.variables(made), operation.token(made)
            ordinary = Ordinary(partial(api.send, token=token))
            engine = await api.send(operation.source, variables, token)
            expected = await ordinary.execute(operation.source, variables)
            assert shown(engine) == shown(expected), operation.name


@seed(SEED)
@FUZZ
@given(randomness=st.randoms(use_true_random=False))
# graphql-core leaves what it has begun when a field beside it fails at once.
@pytest.mark.filterwarnings("ignore:coroutine 'Executor:RuntimeWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_generated_operations(
    portal: BlockingPortal, sites: dict[str, Site], randomness: random.Random
) -> None:
    operation = Writer(SCHEMA, sites["sqlite"].samples, randomness).operation()
    role = randomness.choice(ROLES)
    note(f"PRESSROOM_FUZZ_SEED={SEED}\n{role}\n{operation.query}\n{shown(operation.variables)}")
    portal.call(compare_all, sites, operation, role)
