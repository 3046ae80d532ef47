"""What holds for every connection: each page is a piece of one list, wherever one begins."""

from dataclasses import dataclass
from typing import Any

import factories
import pytest
from operations.content import Content, making
from serving import API

pytestmark = pytest.mark.anyio

INFO = "pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"


@dataclass(frozen=True)
class Connection:
    """A connection: the document around it, with a place for its arguments and what it shows."""

    name: str
    document: str
    node: str = "id"
    backward: bool = True
    counted: bool = True
    role: str | None = None
    arguments: str = ""

    async def page(self, api: API, content: Content, **arguments: Any) -> dict[str, Any]:
        names = {"first": "Int", "last": "Int", "after": "String", "before": "String"}
        known = {name: names[name] for name in arguments}
        variables = ", ".join(f"${name}: {kind}" for name, kind in known.items())
        given = ", ".join([*(f"{name}: ${name}" for name in known), self.arguments]).strip(", ")
        total = "totalCount" if self.counted else ""
        shown = f"edges {{ cursor node {{ {self.node} }} }} {INFO} {total}"
        field = self.document.replace("()", f"({given})" if given else "").replace(
            "{}", f"{{{shown}}}"
        )
        query = f"query({variables}) {field}" if variables else f"query {field}"
        data: Any = await api.data(query, arguments, content.tokens.get(self.role or ""))
        while "edges" not in data:
            (data,) = data.values()
        page: dict[str, Any] = data
        return page


POST = '{ post(by: {slug: "press"}) { %s } }'
COMMENT = '{ comment(id: "Q29tbWVudDox") { %s } }'
CATEGORY = '{ category(by: {slug: "essays"}) { %s } }'
ORDERS = ["PUBLISHED_DESC", "PUBLISHED_ASC", "UPDATED_DESC", "UPDATED_ASC", "TITLE_ASC",
          "TITLE_DESC", "COMMENTS_DESC"]  # fmt: skip

CONNECTIONS = [
    *(Connection(f"posts {order}", "{ posts() {} }", arguments=f"orderBy: {order}")
      for order in ORDERS),
    *(Connection(f"archive {order}", CATEGORY % "posts() {}", arguments=f"orderBy: {order}")
      for order in ORDERS),
    Connection("direct", CATEGORY % "posts() {}", arguments="includeDescendants: false"),
    Connection("filtered", "{ posts() {} }", arguments='where: {tag: {slug: "ink"}}'),
    Connection("filtered by two", "{ posts() {} }",
               arguments='where: {tag: {slug: "ink"}, not: {sticky: true}}'),
    Connection("of every status", "{ posts() {} }", role="editor",
               arguments="where: {status: [DRAFT, SCHEDULED, PUBLISHED, ARCHIVED, TRASHED]}"),
    Connection("categories", "{ categories() {} }"),
    Connection("categories POSTS_DESC", "{ categories() {} }", arguments="orderBy: POSTS_DESC"),
    Connection("authors", "{ authors() {} }"),
    Connection("author's posts", '{ author(by: {slug: "ada"}) { posts() {} } }'),
    Connection("tag's posts", '{ tag(by: {slug: "ink"}) { posts() {} } }', backward=False),
    Connection("comments", "{ comments() {} }"),
    Connection("moderator's comments", "{ comments() {} }", role="moderator"),
    *(Connection(f"thread {shape} {order}", POST % "comments() {}",
                 arguments=f"shape: {shape}, orderBy: {order}")
      for shape in ("THREADED", "FLAT") for order in ("OLDEST", "NEWEST")),
    Connection("replies", COMMENT % "replies() {}", arguments="orderBy: NEWEST"),
    Connection("search", "{ search() {} }", backward=False, arguments='query: "this"'),
    Connection("changes", "{ changes() {} }", "nodeId kind", backward=False, counted=False),
    Connection("revisions", POST % "revisions() {}", "version", backward=False, role="editor"),
]  # fmt: skip


def _cursors(page: dict[str, Any]) -> list[str]:
    return [edge["cursor"] for edge in page["edges"]]


async def _walk(connection: Connection, api: API, content: Content, size: int) -> list[Any]:
    edges: list[Any] = []
    after = None
    while True:
        page = await connection.page(api, content, first=size, after=after)
        edges += page["edges"]
        info = page["pageInfo"]
        assert info["hasPreviousPage"] == (after is not None)
        assert len(page["edges"]) == size or not info["hasNextPage"]
        if not info["hasNextPage"]:
            return edges
        assert [info["startCursor"], info["endCursor"]] == [_cursors(page)[0], _cursors(page)[-1]]
        after = info["endCursor"]


async def _walk_back(connection: Connection, api: API, content: Content, size: int) -> list[Any]:
    edges: list[Any] = []
    before = None
    while True:
        page = await connection.page(api, content, last=size, before=before)
        edges = page["edges"] + edges
        info = page["pageInfo"]
        assert info["hasNextPage"] == (before is not None)
        if not info["hasPreviousPage"]:
            return edges
        before = info["startCursor"]


async def test_every_walk_passes_the_whole_list_once_in_its_order(api: API) -> None:
    async with making(api.app.database) as content:
        for connection in CONNECTIONS:
            whole = await connection.page(api, content, first=100)
            edges, cursors = whole["edges"], _cursors(whole)
            assert len(set(cursors)) == len(edges) > 0, connection.name
            assert not connection.counted or whole["totalCount"] == len(edges), connection.name
            for size in (1, 3):
                assert await _walk(connection, api, content, size) == edges, connection.name
                if connection.backward:
                    assert await _walk_back(connection, api, content, size) == edges
            await _check_every_piece(connection, api, content, edges)


async def _check_every_piece(
    connection: Connection, api: API, content: Content, edges: list[Any]
) -> None:
    last = edges[-1]["cursor"]
    empty = await connection.page(api, content, first=2, after=last)
    assert (empty["edges"], empty["pageInfo"]["hasNextPage"]) == ([], False)
    assert (empty["pageInfo"]["startCursor"], empty["pageInfo"]["endCursor"]) == (None, None)
    assert not connection.counted or empty["totalCount"] == len(edges)
    if connection.backward and len(edges) > 2:
        between = {"after": edges[0]["cursor"], "before": last}
        for way in ("first", "last"):
            page = await connection.page(api, content, **{way: 100}, **between)
            assert page["edges"] == edges[1:-1], connection.name
            assert not connection.counted or page["totalCount"] == len(edges)


async def test_a_cursor_belongs_to_its_list_and_order(api: API) -> None:
    async with making(api.app.database) as content:
        by_list: dict[str, str] = {}
        for connection in CONNECTIONS:
            page = await connection.page(api, content, first=1)
            by_list[connection.name] = page["pageInfo"]["endCursor"]
        for name, foreign in (
            ("posts PUBLISHED_DESC", "posts PUBLISHED_ASC"),
            ("posts PUBLISHED_DESC", "posts UPDATED_DESC"),
            ("posts TITLE_ASC", "archive TITLE_ASC"),
            ("author's posts", "tag's posts"),
            ("thread FLAT OLDEST", "thread FLAT NEWEST"),
            ("thread FLAT OLDEST", "thread THREADED OLDEST"),
            ("thread THREADED OLDEST", "replies"),
            ("comments", "posts PUBLISHED_DESC"),
            ("changes", "comments"),
            ("search", "posts TITLE_ASC"),
        ):
            (connection,) = (each for each in CONNECTIONS if each.name == name)
            with pytest.raises(AssertionError, match="`after` is not a cursor of this list"):
                await connection.page(api, content, after=by_list[foreign])


@pytest.mark.parametrize(
    "cursor", ["", "x", "!", "é", "A" * 30_000, "MTIzNDU2W10", "bnVsbA", "AAAAAAAAW251bGxd"]
)
@pytest.mark.parametrize("argument", ["after", "before"])
async def test_a_forged_cursor_is_refused(api: API, cursor: str, argument: str) -> None:
    message = f"`{argument}` is not a cursor of this list in this order"
    query = f"query($cursor: String) {{ posts({argument}: $cursor) {{ totalCount }} }}"
    error = await api.error(query, {"cursor": cursor})
    assert (error["message"], error["extensions"]["code"]) == (message, "BAD_USER_INPUT")
    literal = await api.error(f'{{ posts({argument}: "{cursor}") {{ nodes {{ id }} }} }}')
    assert (literal["message"], literal["extensions"]["code"]) == (message, "BAD_USER_INPUT")
    assert literal["locations"] == [{"line": 1, "column": 3}]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"first": 0}, "`first` of `posts` must be from 1 to 100, not 0."),
        ({"first": -1}, "`first` of `posts` must be from 1 to 100, not -1."),
        ({"first": 101}, "`first` of `posts` must be from 1 to 100, not 101."),
        ({"last": 0}, "`last` of `posts` must be from 1 to 100, not 0."),
        ({"last": 101}, "`last` of `posts` must be from 1 to 100, not 101."),
        ({"first": 1, "last": 1}, "Give `posts` either `first` or `last`, not both."),
    ],
)
async def test_a_page_has_one_to_a_hundred_entries(
    api: API, given: dict[str, int], message: str
) -> None:
    literal = ", ".join(f"{name}: {size}" for name, size in given.items())
    error = await api.error(f"{{ posts({literal}) {{ nodes {{ id }} }} }}")
    assert (error["message"], error["extensions"]["code"]) == (message, "BAD_USER_INPUT")
    query = "query($first: Int, $last: Int) { posts(first: $first, last: $last) { totalCount } }"
    await api.data(query)
    error = await api.error(query, given)
    assert (error["message"], error["extensions"]["code"]) == (message, "BAD_USER_INPUT")
    nested = await api.error(f"{{ posts {{ nodes {{ comments({literal}) {{ totalCount }} }} }} }}")
    assert nested["message"] == message.replace("posts", "comments")


async def test_the_longest_titles_can_be_paged_by(api: API) -> None:
    for number in range(3):
        await factories.make_post(api.app.database, "\ufdfa" * 299 + str(number))
    page = await api.data("{ posts(first: 1, orderBy: TITLE_ASC) { pageInfo { endCursor } } }")
    after = {"after": page["posts"]["pageInfo"]["endCursor"]}
    query = "query($after: String) { posts(after: $after, orderBy: TITLE_ASC) { nodes { title } } }"
    titles = [each["title"][-1] for each in (await api.data(query, after))["posts"]["nodes"]]
    assert titles == ["1", "2"]
