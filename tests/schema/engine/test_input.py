"""What callers send: whatever it is, the answer says what is wrong with it, on both databases."""

import json
from base64 import b64encode
from typing import Any

import factories
import pytest
from serving import API

pytestmark = pytest.mark.anyio

TIME = "a time needs its offset from UTC: write a Z or ±hh:mm behind it"
NUL = "a text holds the character U+0000, which is nowhere to be found"


async def refused(api: API, query: str, variables: Any = None, code: str = "BAD_USER_INPUT") -> str:
    answer = await api.send(query, variables)
    assert "data" not in answer, answer
    assert [each["extensions"]["code"] for each in answer["errors"]] == [code]
    message: str = answer["errors"][0]["message"]
    return message


@pytest.mark.parametrize("time", ["2024-01-01T00:00:00", "2024-01-01T00:00:00.123"])
async def test_a_time_needs_its_offset(api: API, time: str) -> None:
    literal = f'{{ posts(where: {{or: [{{publishedAfter: "{time}"}}]}}) {{ totalCount }} }}'
    assert TIME in await refused(api, literal)
    query = "query($t: DateTime) { posts(where: {updatedAfter: $t}) { totalCount } }"
    assert TIME in await refused(api, query, {"t": time})
    query = "query($w: PostFilter) { posts(where: $w) { totalCount } }"
    message = await refused(api, query, {"w": {"not": {"publishedBefore": time}}})
    assert "at .not.publishedBefore" in message
    assert TIME in message


@pytest.mark.parametrize(
    "time", ["", "yesterday", "2024-02-30T00:00:00Z", "2024-01-01T25:00:00Z", "2024-01-01",
             "99999-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", 5, True, [],
             "2024-01-01T00:00:00Z\u0000"]
)  # fmt: skip
async def test_what_is_no_time_is_refused(api: API, time: Any) -> None:
    query = "query($t: DateTime) { posts(where: {updatedAfter: $t}) { totalCount } }"
    assert "Variable '$t'" in await refused(api, query, {"t": time})


@pytest.mark.parametrize(
    ("time", "count"),
    [
        ("0001-01-01T00:00:00Z", 1),
        ("9999-12-31T23:59:59.999999Z", 0),
        ("2024-01-01t00:00:00.1234567+05:30", 1),
    ],
)
async def test_any_offset_and_the_ends_of_time_will_do(api: API, time: str, count: int) -> None:
    await factories.make_post(api.app.database)
    query = "query($t: DateTime) { posts(where: {publishedAfter: $t}) { totalCount } }"
    assert await api.data(query, {"t": time}) == {"posts": {"totalCount": count}}


@pytest.mark.parametrize(
    "by", [{}, {"id": "a", "slug": "b"}, {"id": "a", "slug": None}, {"slug": None}]
)
async def test_a_post_is_known_by_one_thing(api: API, by: dict[str, str | None]) -> None:
    query = "query($by: PostBy!) { post(by: $by) { id } }"
    assert "PostBy" in await refused(api, query, {"by": by})
    literal = ", ".join(f"{name}: {json.dumps(value)}" for name, value in by.items())
    assert "must" in await refused(api, f"{{ post(by: {{{literal}}}) {{ id }} }}")
    within = "query($c: CategoryBy) { posts(where: {category: $c}) { totalCount } }"
    assert "must" in await refused(api, within, {"c": by})


async def test_unknown_names_are_refused(api: API) -> None:
    assert "'FOO'" in await refused(api, "{ posts(orderBy: FOO) { totalCount } }")
    query = "query($o: PostOrder) { posts(orderBy: $o) { totalCount } }"
    for value in ("FOO", "published_desc", 1):
        assert "Variable '$o'" in await refused(api, query, {"o": value})
    query = "query($w: PostFilter) { posts(where: $w) { totalCount } }"
    assert "'colour'" in await refused(api, query, {"w": {"colour": "red"}})


NUL_PLACES = [
    "post(by: {slug: $t}) { id }",
    "category(by: {slug: $t}) { id }",
    "posts(where: {author: {slug: $t}}) { totalCount }",
    "posts(where: {or: [{tag: {slug: $t}}]}) { totalCount }",
    "comments(where: {search: $t}) { totalCount }",
    "resolvePath(path: $t) { __typename }",
]


@pytest.mark.parametrize("field", NUL_PLACES)
async def test_a_nul_is_refused_wherever_a_text_is_compared(api: API, field: str) -> None:
    assert await refused(api, f"query($t: String!) {{ {field} }}", {"t": "a\0b"}) == NUL
    literal = field.replace("$t", '"a\\u0000"')
    assert await refused(api, f"{{ {literal} }}") == NUL


async def test_surrogates_without_a_partner_are_refused(api: API) -> None:
    assert "Unicode escape" in await refused(api, '{ post(by: {slug: "\\ud800"}) { id } }')
    query = b'"query($s: String!) { post(by: {slug: $s}) { id } }"'
    body = b'{"query": ' + query + b', "variables": {"s": "\\ud800"}}'
    headers = {"content-type": "application/json"}
    response = await api.http.post("/graphql", content=body, headers=headers)
    assert response.status_code == 400
    assert "surrogate" in response.json()["errors"][0]["message"]


async def test_very_long_texts_are_met_calmly(api: API) -> None:
    long = {"t": "é" * 400_000}
    nothing = (
        "query($t: String!) { post(by: {slug: $t}) { id } resolvePath(path: $t) { __typename } }"
    )
    assert await api.data(nothing, long) == {"post": None, "resolvePath": None}
    assert (await api.data("query($t: ID!) { node(id: $t) { id } }", long))["node"] is None
    search = """query($t: String!) {
        search(query: $t) { totalCount } posts(where: {search: $t}) { totalCount }
    }"""
    assert await api.data(search, long) == {"search": {"totalCount": 0}, "posts": {"totalCount": 0}}
    for field in ("comments", "categories"):
        query = f"query($t: String!) {{ {field}(where: {{search: $t}}) {{ totalCount }} }}"
        assert await refused(api, query, long) == "`search` has more than 1000 characters"


def _id(text: str) -> str:
    return b64encode(text.encode()).decode()


@pytest.mark.parametrize(
    "given", ["", "x", "5", "é", "\0", _id("Post"), _id("Post:"), _id("Post:-1"), _id("Post:0"),
              _id("Post:x"),
              _id("Post:99999999999999999999"), _id(f"Post:{2**63}"), _id(f"Post:{2**63 - 1}"),
              _id("Post:" + "9" * 5000), _id("Nothing:1"), _id(":1"), _id("Post:1 "),
              _id("Comment:7"),
              5, -1]
)  # fmt: skip
async def test_what_is_no_id_names_nothing(api: API, given: Any) -> None:
    await factories.make_post(api.app.database)
    query = """query($id: ID!) {
        node(id: $id) { id } nodes(ids: [$id]) { id } post(by: {id: $id}) { id }
        comment(id: $id) { id }
        category(by: {id: $id}) { id } author(by: {id: $id}) { id } tag(by: {id: $id}) { id }
        posts(where: {category: {id: $id}}) { totalCount }
        comments(where: {postId: $id}) { totalCount }
    }"""
    data = await api.data(query, {"id": given})
    assert data.pop("posts") == data.pop("comments") == {"totalCount": 0}
    assert data.pop("nodes") == [None]
    assert set(data.values()) == {None}


async def test_a_hundred_ids_at_most(api: API) -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert len((await api.data(query, {"ids": ["x"] * 100}))["nodes"]) == 100
    message = await refused(api, query, {"ids": ["x"] * 101})
    assert message == "a list in the variable `$ids` has more than 100 items"
    literal = ", ".join(['"x"'] * 101)
    message = await refused(api, f"{{ nodes(ids: [{literal}]) {{ id }} }}")
    assert message == "`ids` has more than 100 items"


@pytest.mark.parametrize("key", ["and", "or", "not"])
async def test_filters_may_not_stand_in_one_another_without_end(api: API, key: str) -> None:
    def nested(levels: int) -> Any:
        where: Any = {"sticky": False}
        for _ in range(levels - 1):
            where = {key: where}
        return where

    query = "query($w: PostFilter) { posts(where: $w) { totalCount } }"
    assert await api.data(query, {"w": nested(10)}) == {"posts": {"totalCount": 0}}
    deep = "`where` holds filters more than 10 levels deep"
    assert await refused(api, query, {"w": nested(11)}, "TOO_COMPLEX") == deep
    assert await refused(api, query, {"w": nested(40)}, "TOO_COMPLEX") == deep
    for levels in (100, 450):
        literal = f"{key}: {{" * levels + "}" * levels
        await refused(
            api, f"{{ posts(where: {{{literal}}}) {{ totalCount }} }}", None, "TOO_COMPLEX"
        )


async def test_filters_may_not_hold_conditions_without_end(api: API) -> None:
    query = "query($w: PostFilter) { posts(where: $w) { totalCount } }"
    wide = {"or": [{"and": [{"search": "x"}] * 20}] * 20}
    message = await refused(api, query, {"w": wide}, "TOO_COMPLEX")
    assert message == "`where` holds more than 300 conditions"
