"""Python functions that raise: the field fails by itself, exactly as graphql-core has it."""

import dataclasses
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any

import factories
import pytest
import strawberry
from graphql import GraphQLError, execute_sync, parse
from graphql import build_schema as schema_of
from serving import API, serving

from pressroom.cms.actors import Actor, Role
from pressroom.cms.errors import Forbidden, PressroomError, Unavailable
from pressroom.cms.plugins import Plugin, installed_plugins
from pressroom.cms.settings import Settings
from pressroom.cms.store.keys import encode_id
from pressroom.schema.build import build_schema
from pressroom.schema.engine.declarations import Asked, Computed, Posed, Viewed
from pressroom.schema.fields import argument, fact, field

pytestmark = pytest.mark.anyio

TITLES = ["Absent", "Broken", "Calm", "Denied"]
"""Posts, whose titles say what becomes of the functions that are asked about them."""
called: list[str] = []


def mood_of(title: str) -> str | None:
    """Give a text, or nothing, or fail in one way or the other."""
    called.append(title)
    if title.startswith("Broken"):
        raise ValueError("a secret")
    if title.startswith("Denied"):
        raise Forbidden("Moods are none of your business.")
    return None if title.startswith("Absent") else f"{title} and content"


def moods_of(title: str) -> list[dict[str, Any] | None]:
    return (
        [{"name": title}, {"name": None}, {}, None]
        if title == "Calm"
        else [{"name": mood_of(title)}]
    )


def weather_of(title: str) -> dict[str, Any] | None:
    return None if mood_of(title) is None else {"sky": title, "moods": [{"name": "mild"}]}


def written_of(title: str) -> Any:
    return object() if title == "Broken" else title


async def asked(_context: Any, _arguments: Any, _selected: Any, title: str) -> Any:
    return weather_of(title)


async def posed(_context: Any, _arguments: Any, _selected: Any, title: str) -> Any:
    return weather_of(title)


def oracle_of(_context: Any) -> Mapping[str, Any]:
    raise Unavailable("The oracle is asleep.")


def title_of(row: Any, _scope: Any) -> Any:
    return row.c.title


def name_of(row: Any, _scope: Any) -> Any:
    return row.c.name


@strawberry.type(description="How somebody feels.")
class Mood:
    name: str | None = fact("Its name.")
    depth: str = fact("Nobody knows.")


@strawberry.type(description="What it is like.")
class Weather:
    sky: str = fact("Above.")
    ground: str | None = fact("Nobody knows.")
    moods: list[Mood] = fact("How it feels.")


@strawberry.type
class MoodyPost:
    mood: str | None = field(Computed((title_of,), mood_of), "May be null.")
    temper: str = field(Computed((title_of,), mood_of), "May not be null.")
    moods: list[Mood | None] | None = field(Computed((title_of,), moods_of), "Some.")
    tempers: list[Mood] = field(Computed((title_of,), moods_of), "None of them null.")
    weather: Weather | None = field(Asked((title_of,), asked), "May be null.")
    climate: Weather = field(Asked((title_of,), asked, steady=True), "May not be null.")
    written: str | None = field(Computed((title_of,), written_of), "What JSON may not hold.")


@strawberry.type
class MoodyAuthor:
    mood: str | None = field(Computed((name_of,), mood_of), "May be null.")
    temper: str = field(Computed((name_of,), mood_of), "May not be null.")


@strawberry.type
class Oracles:
    forecast: Weather | None = field(
        Posed(lambda arguments: arguments["of"], posed), "Asked.", argument("of", str, "Of what.")
    )
    oracle: Weather | None = field(Viewed(oracle_of), "Asleep.")


MOODS = Plugin(name="moods", schema={"Post": MoodyPost, "Author": MoodyAuthor, "Query": Oracles})
PLUGINS = [*installed_plugins(), MOODS]


@asynccontextmanager
async def moody(settings: Settings, **options: Any) -> AsyncIterator[API]:
    """Serve posts that fail, each with two authors, of whom one fails."""
    async with serving(settings, plugins=PLUGINS, **options) as api:
        names = ("Calm Ada", "Broken Bea")
        authors = [await factories.make_author(api.app.database, name) for name in names]
        for title in TITLES:
            await factories.make_post(api.app.database, title, authors=authors)
        yield api


def connection(nodes: list[Any]) -> Any:
    return {"nodes": nodes, "edges": [{"node": node} for node in nodes], "totalCount": len(nodes)}


def calling(function: Callable[..., Any], *given: Any) -> Callable[..., Any]:
    return lambda _info, **arguments: function(*given, **arguments)


def author(name: str) -> dict[str, Any]:
    return {
        "__typename": "Author",
        "name": name,
        "mood": calling(mood_of, name),
        "temper": calling(mood_of, name),
    }


def post(title: str) -> dict[str, Any]:
    return {
        "__typename": "Post",
        "id": encode_id("Post", TITLES.index(title) + 1),
        "title": title,
        "mood": calling(mood_of, title),
        "temper": calling(mood_of, title),
        "moods": calling(moods_of, title),
        "tempers": calling(moods_of, title),
        "weather": calling(weather_of, title),
        "climate": calling(weather_of, title),
        "authors": [author("Calm Ada"), author("Broken Bea")],
    }


def site() -> dict[str, Any]:
    """Give the same content as a tree for graphql-core to resolve."""
    posts = {title: post(title) for title in TITLES}

    def listed(first: int = 20, **_: Any) -> Any:
        return connection(list(posts.values())[:first])

    return {
        "posts": calling(listed),
        "post": calling(lambda by: posts.get(by["slug"].capitalize())),
        "nodes": calling(lambda ids: [{BROKEN: posts["Broken"]}.get(each) for each in ids]),
        "forecast": lambda _info, of: weather_of(of),
        "oracle": calling(oracle_of, None),
        "site": {"title": "The Sample"},
    }


def resolved(source: Mapping[str, Any], info: Any, **arguments: Any) -> Any:
    value = source[info.field_name]
    return value(info, **arguments) if callable(value) else value


EXPECTED = schema_of(build_schema(PLUGINS).as_str())
BROKEN = encode_id("Post", 2)


def expected(query: str, variables: dict[str, Any]) -> dict[str, Any]:
    """Have graphql-core execute an operation on the tree."""
    result = execute_sync(
        EXPECTED, parse(query), site(), variable_values=variables, field_resolver=resolved
    )
    answer: dict[str, Any] = {"data": result.data}
    return (
        {"errors": [shown(error) for error in result.errors], **answer} if result.errors else answer
    )


def shown(error: GraphQLError) -> dict[str, Any]:
    known = isinstance(error.original_error, PressroomError)
    code = getattr(error.original_error, "code", "INTERNAL")
    return {
        **error.formatted,
        "message": error.message if known else "Internal error.",
        "extensions": {"code": code if known else "INTERNAL"},
    }


SORTED = "posts(orderBy: TITLE_ASC)"
OPERATIONS = {
    "nothing fails": '{ post(by: {slug: "calm"}) { title mood temper } site { title } }',
    "a nullable field": f"{{ {SORTED} {{ nodes {{ title mood }} }} }}",
    "a field that is not nullable": f"{{ {SORTED} {{ nodes {{ title temper }} }} }}",
    "beneath a nullable one": '{ post(by: {slug: "denied"}) { title temper } site { title } }',
    "null where none may be": '{ post(by: {slug: "absent"}) { temper } site { title } }',
    "two at once": '{ post(by: {slug: "broken"}) { mood weather { sky } title }'
    ' b: post(by: {slug: "denied"}) { moods { name } } oracle { sky } }',
    "two, of which one takes the other along": '{ post(by: {slug: "broken"}) { mood temper } }',
    "under aliases": '{ p: post(by: {slug: "broken"}) { title: mood mood: title } }',
    "the root and its neighbours": f"{{ {SORTED} {{ nodes {{ temper }} }} site {{ title }} }}",
    "in fragments": '{ post(by: {slug: "broken"}) { ...A ... on Node { id } ... { ...B } } }'
    " fragment A on Post { mood ...B } fragment B on Post { m: mood weather { ...C } }"
    " fragment C on Weather { sky moods { name } }",
    "in merged fields": '{ post(by: {slug: "calm"}) { weather { sky } weather { ground }'
    " weather { moods { name } } } }",
    "under directives": "query ($no: Boolean!) {"
    ' post(by: {slug: "broken"}) { a: mood @skip(if: $no) b: mood @include(if: $no) } }',
    "behind an interface": f'{{ nodes(ids: ["{BROKEN}", "nothing"]) {{'
    " __typename ... on Post { title mood } ... on Author { mood } } }",
    "behind an interface, not nullable": f'{{ nodes(ids: ["{BROKEN}"]) {{'
    " __typename ... on Author { mood: name } ... on Post { mood: temper } } }",
    "in a list of things": f"{{ {SORTED} {{ nodes {{ moods {{ name }} }} }} }}",
    "in things in a list": '{ post(by: {slug: "calm"}) { title moods { name depth } } }',
    "in a list without nulls": '{ post(by: {slug: "calm"}) { title tempers { name } } }',
    "in edges": f"{{ {SORTED} {{ totalCount edges {{ node {{ mood title }} }} }} }}",
    "in lists in lists": f"{{ {SORTED} {{ nodes {{ title authors {{ name mood }} }} }} }}",
    "in lists in lists without nulls": '{ post(by: {slug: "calm"}) { authors { name temper } } }',
    "an awaited function": f"{{ {SORTED} {{ nodes {{ weather {{ __typename }} }} }} }}",
    "an awaited function that must answer": f"{{ {SORTED} {{ nodes {{ climate {{ sky }} }} }} }}",
    "what is left out": '{ post(by: {slug: "calm"}) { weather { ground sky } } }',
    "a function of the arguments": '{ a: forecast(of: "Broken") { sky } b: forecast(of: "Calm")'
    ' { sky } c: forecast(of: "Absent") { __typename } }',
    "a function of the caller": "{ oracle { sky } site { title } }",
    "beside introspection": '{ __type(name: "Mood") { name } oracle { sky } __typename'
    " __schema { queryType { name } } }",
}


async def test_errors_are_those_of_graphql_core(settings: Settings) -> None:
    async with moody(settings) as api:
        for name, query in OPERATIONS.items():
            variables = {"no": False} if "$no" in query else {}
            answer = await api.send(query, variables)
            wanted = expected(query, variables)
            assert list(answer) == list(wanted), name
            assert str(answer) == str(wanted), name


@pytest.fixture
async def api(sqlite_settings: Settings) -> AsyncIterator[API]:
    async with moody(sqlite_settings) as api:
        called.clear()
        yield api


async def test_where_nothing_fails_all_is_asked_once(api: API) -> None:
    await api.data('{ post(by: {slug: "calm"}) { mood weather { sky } } }')
    assert called == ["Calm", "Calm"]


async def test_what_json_may_not_hold_fails_in_its_place(api: API) -> None:
    answer = await api.send(f"{{ {SORTED} {{ nodes {{ written }} }} }}")
    assert [node["written"] for node in answer["data"]["posts"]["nodes"]] == [
        "Absent", None, "Calm", "Denied"
    ]  # fmt: skip
    (error,) = answer["errors"]
    assert error["path"] == ["posts", "nodes", 1, "written"]


async def test_a_fault_is_logged_once_a_field_and_told_to_nobody(
    api: API, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    query = f"{{ {SORTED} {{ nodes {{ mood authors {{ mood }} }} }} }}"
    answer = await api.send(query)
    messages = [error["message"] for error in answer["errors"]]
    assert messages.count("Internal error.") == 5
    assert messages.count("Moods are none of your business.") == 1
    logged = [record.getMessage() for record in caplog.records]
    assert logged == [
        "A field failed: posts.nodes.authors.mood",
        "A field failed: posts.nodes.mood",
    ]
    assert all("a secret" in str(record.exc_info) for record in caplog.records)


async def test_an_answer_with_errors_is_not_kept(sqlite_settings: Settings) -> None:
    keeping = dataclasses.replace(sqlite_settings, answer_cache_bytes=1_000_000)
    async with moody(keeping) as api:
        query = '{ post(by: {slug: "%s"}) { title climate { sky } } }'
        for slug, kept in (("calm", True), ("broken", False)):
            for _ in range(2):
                await api.send(query % slug)
            assert (api.statements == []) == kept


CREATE = """
mutation ($title: String!, $dry: Boolean!) {
  one: createPost(input: {title: $title, body: {markdown: "Words."}, dryRun: $dry}) {
    post { title mood }
  }
  two: createPost(input: {title: $title, body: {markdown: "Words."}, dryRun: $dry}) {
    post { temper climate { sky } }
    userErrors { code }
  }
  three: createPost(input: {title: "Calm again", body: {markdown: "Words."}}) {
    post { title mood }
  }
}
"""


async def by_nobody(_request: Any) -> Actor:
    return Actor(role=Role.EDITOR, name="someone")


@pytest.mark.parametrize("dry", [False, True])
async def test_what_is_selected_of_a_mutation_fails_in_its_place(
    dry: bool, settings: Settings
) -> None:
    async with moody(settings, authenticate=by_nobody) as api:
        answer = await api.send(CREATE, {"title": "Broken too", "dry": dry})
    assert answer["data"] == {
        "one": {"post": {"title": "Broken too", "mood": None}},
        "two": {"post": None, "userErrors": []},
        "three": {"post": {"title": "Calm again", "mood": "Calm again and content"}},
    }
    assert [(error["path"], error["locations"]) for error in answer["errors"]] == [
        (["one", "post", "mood"], [{"line": 4, "column": 18}]),
        (["two", "post", "temper"], [{"line": 7, "column": 12}]),
    ]
