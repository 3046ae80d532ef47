"""Every operation of the collection: what it costs, and that both databases answer the same."""

import pytest
import serving
from graphql import parse, validate
from operations.content import making
from operations.coverage import asked_for, enum_values, readable
from operations.levels import Counter
from operations.library import MUTATIONS, OPERATIONS, Operation
from serving import API
from sqlalchemy import event

from pressroom.cms.settings import Settings
from pressroom.schema.build import build_schema, executable

pytestmark = pytest.mark.anyio

SCHEMA = executable(build_schema())
OF_BOOKS = {"renditions", "anthologies"}
SOURCES = [*(operation.source for operation in OPERATIONS), *MUTATIONS.values()]

CHOSEN_BY_CALLERS = ("PostOrder", "CategoryOrder", "CommentOrder", "ThreadShape", "PostStatus",
                     "CommentStatus", "RenditionFormat", "Paper", "TextSize", "PrintLinks",
                     "PrintImages", "VariantKind")  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
def test_the_operation_is_valid(source: str) -> None:
    assert validate(SCHEMA, parse(source)) == []


def test_the_collection_asks_for_everything_that_can_be_read() -> None:
    assert sorted(readable(SCHEMA) - asked_for(SCHEMA, SOURCES)) == []


def test_the_collection_uses_every_value_that_callers_choose_from() -> None:
    values = enum_values(SCHEMA, CHOSEN_BY_CALLERS)
    assert sorted(values - asked_for(SCHEMA, SOURCES)) == []


async def test_an_operation_takes_a_statement_for_each_level_of_lists(api: API) -> None:
    async with making(api.app.database) as content:
        for operation in OPERATIONS:
            if operation.name in OF_BOOKS:
                continue  # what books are made of is read by statements of its own
            variables, token = operation.variables(content), operation.token(content)
            data = await api.data(operation.source, variables, token)
            levels = Counter(SCHEMA, operation.source, variables).count(data)
            taken = len(api.statements)
            # PostgreSQL is a round trip away: there, levels share a statement where they can.
            right = taken == levels if api.dialect == "sqlite" else taken <= levels
            assert right, (operation.name, api.statements)


async def test_both_databases_answer_the_same_bytes(
    sqlite_settings: Settings, postgresql_settings: Settings
) -> None:
    first, second = [await _answers(each) for each in (sqlite_settings, postgresql_settings)]
    assert first.keys() == second.keys()
    for name, answer in first.items():
        # How well a post fits a search is each database's own judgement.
        assert answer == second[name] or name == "search", name


async def _answers(settings: Settings) -> dict[str, bytes]:
    async with serving.serving(settings) as api, making(api.app.database) as content:
        return {each.name: await _answer(api, each, content) for each in OPERATIONS}


async def _answer(api: API, operation: Operation, content: object) -> bytes:
    variables, token = operation.variables(content), operation.token(content)
    return await api.content(operation.source, variables, token)


async def test_nothing_is_read_behind_the_plan(api: API) -> None:
    """Only what needs the bytes of a rendition, or a token, reads in other ways."""
    async with making(api.app.database) as content:
        other: list[str] = []
        engine = api.app.database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", lambda *given: other.append(given[2]))
        tickers = "announced"
        for operation in OPERATIONS:
            if operation.role is None and operation.name not in OF_BOOKS:
                await api.data(operation.source, operation.variables(content))
        await api.data("{ posts { nodes { rendition(format: TEXT) { url status mediaType } } } }")
        assert [statement for statement in other if tickers not in statement] == []
