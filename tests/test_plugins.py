"""Plugins: what they may add, and what is refused at the start."""

from collections.abc import Callable
from importlib.metadata import EntryPoint
from typing import Any

import pytest
import strawberry
from factories import make_author, make_post
from serving import serving
from sqlalchemy import Column as SQLColumn
from sqlalchemy import Enum, ForeignKey, Integer, MetaData, Table, Text, insert
from starlette.routing import Route

from pressroom.cms.app import create_app
from pressroom.cms.content import Author, Post
from pressroom.cms.content.base import BigKey
from pressroom.cms.plugins import (
    GROUP,
    ClashingPlugins,
    Handler,
    Plugin,
    executor_of,
    installed,
    installed_plugins,
    sdl_of,
)
from pressroom.cms.renditions.formats.format import Unavailable
from pressroom.cms.settings import Settings
from pressroom.cms.store.events import Event
from pressroom.cms.store.sessions import unit_of_work
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import Beside, Column, Expression, Many, Source
from pressroom.schema.fields import fact, field


def _never(*_: Any) -> Any:
    raise AssertionError("a plugin was used")


def test_the_schema_is_installed_as_a_plugin() -> None:
    (schema,) = (plugin for plugin in installed_plugins() if plugin.name == "schema")
    assert executor_of([Plugin(name="empty"), schema]) is schema.executor


@pytest.mark.parametrize(
    ("find", "what"),
    [(executor_of, "answers GraphQL requests"), (sdl_of, "prints the schema")],
)
def test_only_one_plugin_may_answer(find: Callable[..., Any], what: str) -> None:
    both = [Plugin(name=name, executor=_never, sdl=_never) for name in ("one", "other")]
    with pytest.raises(ClashingPlugins, match=f"{what}: one and other"):
        find(both)
    with pytest.raises(LookupError, match=what):
        find([Plugin(name="empty")])


def test_an_entry_point_that_names_no_plugin_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = EntryPoint("wrong", "pressroom.cms.plugins:GROUP", GROUP)
    monkeypatch.setattr(installed, "entry_points", lambda group: [wrong])
    with pytest.raises(TypeError, match=r"wrong \(pressroom.cms.plugins:GROUP\) names no Plugin"):
        installed_plugins()


@strawberry.type
class Subtitle:
    subtitle: str | None = field(
        Expression(lambda post, _scope: post.c.excerpt), "Below the title."
    )


@strawberry.type
class Title:
    title: str = field(Column("slug"), "Another title.")


@strawberry.type(name="Tag")
class AnotherTag:
    name: str = fact("Its name.")


@strawberry.type
class Tagged:
    another: AnotherTag = field(Column("slug"), "Another tag.")


@strawberry.type
class DeletePost:
    delete_post: str = fact("Something else.")


def another_format(name: str, extension: str) -> Any:
    return Unavailable(name, "text/plain", extension)


def tables(name: str) -> MetaData:
    made = MetaData()
    Table(name, made, SQLColumn("id", Integer, primary_key=True))
    return made


def route(path: str) -> Any:
    return lambda _services: [Route(path, _never)]


def handler(name: str) -> Handler:
    return Handler(name, (Event,), _never)


def one(**slots: Any) -> Plugin:
    return Plugin(name="one", **slots)


def other(**slots: Any) -> Plugin:
    return Plugin(name="other", **slots)


CLASHES: dict[str, tuple[list[Plugin], str]] = {
    "name": ([one(), one()], "two plugins are called one"),
    "our name": ([Plugin(name="pressroom")], "two plugins are called pressroom"),
    "field": (
        [one(schema={"Post": Subtitle}), other(schema={"Post": Subtitle})],
        "the field Post.subtitle: one and other",
    ),
    "field of ours": (
        [one(schema={"Post": Title})],
        "the field Post.title: pressroom and one",
    ),
    "mutation of ours": (
        [one(schema={"Mutation": DeletePost})],
        "the field Mutation.deletePost: pressroom and one",
    ),
    "type of ours": ([one(schema={"Post": Tagged})], "Type Tag is defined multiple times .* tests"),
    "table": (
        [one(tables=tables("letters")), other(tables=tables("letters"))],
        "the table letters: one and other",
    ),
    "table of ours": ([one(tables=tables("posts"))], "the table posts: pressroom and one"),
    "format": (
        [one(formats=[another_format("RTF", "rtf")]), other(formats=[another_format("RTF", "x")])],
        "the rendition format RTF: one and other",
    ),
    "format of ours": (
        [one(formats=[another_format("PLAIN", "txt")])],
        "the extension .txt of renditions: pressroom and one",
    ),
    "route": (
        [one(routes=route("/feeds/{name}")), other(routes=route("/feeds/{kind}"))],
        "the address /feeds/{}: one and other",
    ),
    "route of ours": (
        [one(routes=route("/graphql"))],
        "the address /graphql: pressroom and one",
    ),
    "handler": (
        [one(handlers=[handler("send"), handler("send")])],
        "one has two handlers called send",
    ),
}


@pytest.mark.parametrize(("plugins", "told"), CLASHES.values(), ids=CLASHES)
def test_a_clash_is_an_error_at_the_start_that_names_both(
    plugins: list[Plugin], told: str, sqlite_settings: Settings
) -> None:
    with pytest.raises(ClashingPlugins, match=told):
        create_app(sqlite_settings, plugins=[*installed_plugins(), *plugins])


@pytest.mark.parametrize("name", ["", "News", "news-letter", "1st"])
def test_a_name_is_one_that_tables_and_migrations_can_bear(name: str) -> None:
    with pytest.raises(ValueError, match="names no plugin"):
        Plugin(name=name)


@pytest.mark.parametrize(
    ("schema", "told"),
    [
        ({"Psot": Subtitle}, "one adds fields to Psot, which is no type with fields"),
        ({"CreatePostInput": Subtitle}, "one adds fields to CreatePostInput"),
        ({"Post": Settings}, "what one adds to Post is no Strawberry type"),
    ],
)
def test_fields_are_added_to_types_alone(
    schema: dict[str, type], told: str, sqlite_settings: Settings
) -> None:
    with pytest.raises(TypeError, match=told):
        create_app(sqlite_settings, plugins=[*installed_plugins(), one(schema=schema)])


@pytest.mark.anyio
async def test_a_list_is_added_as_one_more_statement(settings: Settings) -> None:
    """Whatever the number of posts, and for other types than posts too."""
    plugins = [*installed_plugins(), one(schema={"Post": Links, "Author": Motto}, tables=LISTS)]
    async with serving(settings, plugins=plugins) as api:
        async with api.app.database.engine.begin() as connection:
            await connection.run_sync(LISTS.create_all)
        author = await make_author(api.app.database)
        made = [await make_post(api.app.database, title, authors=[author]) for title in "ABC"]
        async with unit_of_work(api.app.database) as session:
            rows = [
                {"post_id": post.id, "url": f"https://{post.slug}.example/{number}"}
                for post in made[:2]
                for number in range(2)
            ]
            await session.execute(insert(links), rows)
            await session.execute(insert(mottos).values(author_id=author.id, motto="Onwards"))
        nodes = (await api.data(LISTED))["posts"]["nodes"]
        assert len(api.statements) == (3 if api.dialect == "sqlite" else 2)
        kinds = (await api.data("{ posts { nodes { links { kind } } } }"))["posts"]["nodes"]
    ends = [[link["url"][-1] for link in node["links"]] for node in nodes]
    assert ends == [[], ["0", "1"], ["0", "1"]]
    assert {node["authors"][0]["motto"] for node in nodes} == {"Onwards"}
    # Of a type that PostgreSQL has been given for it.
    assert [link["kind"] for link in kinds[1]["links"]] == ["FILM", "FILM"]


LISTED = "{ posts { nodes { title links { url } authors { name motto } } } }"
LISTS = MetaData()
links = Table(
    "links",
    LISTS,
    SQLColumn("id", BigKey, primary_key=True),
    SQLColumn("post_id", BigKey, ForeignKey(Post.id)),
    SQLColumn("url", Text),
    SQLColumn("kind", Enum("PAGE", "FILM", name="kind"), server_default="FILM"),
)
mottos = Table(
    "mottos",
    LISTS,
    SQLColumn("author_id", BigKey, ForeignKey(Author.id), primary_key=True),
    SQLColumn("motto", Text),
)


@strawberry.type(description="Something to read.")
class Link:
    url: str = field(Column("url"), "Where it is.")
    kind: str = field(Column("kind"), "What it is.")


setattr(Link, SOURCE, Source(links))


@strawberry.type
class Links:
    links: list[Link] = field(
        Many(links, "post_id", "id", lambda link, _row: [link.c.id]), "What to read next."
    )


@strawberry.type
class Motto:
    motto: str | None = field(Beside(mottos, "motto", "author_id"), "Words to live by.")
