"""Requests that ask in odd ways: the engine says what graphql-core says, in the same words."""

from collections.abc import AsyncIterator
from typing import Any

import factories
import pytest
from differential.ordinary import Ordinary
from serving import API, serving

from pressroom.cms.settings import Settings

pytestmark = pytest.mark.anyio

PAGE = "query($v: Int) { posts(first: $v) { nodes { id } pageInfo { hasNextPage } } }"
DEFAULT = "query($v: Int = 1) { posts(first: $v) { nodes { id } } }"
ORDER = "query($v: PostOrder) { posts(orderBy: $v) { nodes { title } } }"
NODE = "query($v: ID!) { node(id: $v) { __typename id } }"
NODES = "query($v: [ID!]!) { nodes(ids: $v) { id } }"
SOME = "query($v: ID!) { nodes(ids: [$v, $v]) { id } }"
WHERE = "query($v: PostFilter) { posts(where: $v) { totalCount nodes { slug } } }"
STATUS = "query($v: [PostStatus!]) { posts(where: {status: $v}) { totalCount } }"
SLUG = "query($v: String!) { post(by: {slug: $v}) { id } }"
BY = "query($v: PostBy!) { post(by: $v) { id } }"
SKIP = "query($v: Boolean!) { site { title @skip(if: $v) url @include(if: $v) } }"
BOTH = "query($v: Boolean!) { site { title @skip(if: $v) @include(if: true) url } }"
TYPE = 'query($v: String = "Post") { __type(name: $v) { name } site { title } }'
BIG = 2**70

CASES: list[tuple[str, Any]] = [
    *((PAGE, value) for value in (1, 1.0, 2.5, "1", True, None, 2**31, [1], {}, 1e300)),
    *((DEFAULT, value) for value in (2, None)),
    *((ORDER, value) for value in ("TITLE_ASC", "title_asc", "NOPE", 1, None, ["TITLE_ASC"])),
    *((NODE, value) for value in ("UG9zdDox", 7, 7.0, 7.5, True, BIG, None, [], "")),
    *((NODES, value) for value in ("UG9zdDox", ["UG9zdDox", 1], [], [None], None, [["a"]])),
    *((SOME, value) for value in ("UG9zdDox", 7)),
    *((WHERE, value) for value in (None, {}, {"sticky": None}, {"nope": 1}, {"sticky": 1})),
    *((WHERE, {"and": value}) for value in (None, [], {}, {"sticky": False}, [{}, None])),
    *((WHERE, {"or": value}) for value in (None, [], [{}], [{"not": {}}])),
    *((WHERE, {"publishedAfter": value}) for value in ("2024-01-01T00:00:00Z", "2024", 7)),
    *((STATUS, value) for value in ("PUBLISHED", ["PUBLISHED", "DRAFT"], [], [None], None)),
    *((SLUG, value) for value in ("a-post", "", 1, None)),
    *((BY, value) for value in ({"slug": "a-post"}, {}, {"slug": None}, {"id": 1, "slug": "a"})),
    *((SKIP, value) for value in (True, False, "true", 1, None)),
    *((TYPE, value) for value in ("Site", "Nothing", None, 1)),
    *((BOTH, value) for value in (True, False)),
]

DOCUMENTS = [
    "{ site { title @skip(if: true) @include(if: true) } }",
    "{ site { title @skip(if: true) title } }",
    "{ site { title @skip(if: false) @skip(if: true) } }",
    "{ site { title @include } }",
    "{ site { title @unknown } }",
    "{ posts(first: 1.0) { totalCount } }",
    "{ posts(first: 99999999999999999999) { totalCount } }",
    "{ posts(orderBy: null, where: null, after: null) { totalCount } }",
    '{ posts(orderBy: "TITLE_ASC") { totalCount } }',
    "{ node(id: 7) { id } nodes(ids: 7) { id } }",
    "query($v: Int = null) { posts(first: $v) { totalCount } }",
    "query($v: Int! = null) { posts(first: $v) { totalCount } }",
    "query($v: Int = $w, $w: Int) { posts(first: $v) { totalCount } }",
    "query($v: Boolean) { site { title @skip(if: $v) } }",
    "query($v: Post) { __typename }",
    "query($v: Int, $v: Int) { posts(first: $v) { totalCount } }",
    "{ site { title } posts { title } }",
    "{ posts(first: 1) { totalCount } posts(first: 2) { totalCount } }",
    '{ resolvePath(path: "/") { ... on Post { url } ... on Author { url } } }',
    '{ resolvePath(path: "/") { ... on Post { x: title } ... on Author { x: name } } }',
    "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
    "{ site } ",
    "{ site { title { text } } }",
    "{ ...Nowhere }",
    "subscription { __typename }",
    "{ __typename ... @include(if: false) { site { title } } }",
    "{",
    "",
]


@pytest.fixture
async def sqlite_api(sqlite_settings: Settings) -> AsyncIterator[API]:
    async with serving(sqlite_settings) as api:
        await factories.make_post(api.app.database)
        yield api


async def disagreements(api: API, query: str, variables: dict[str, Any]) -> list[Any]:
    """Give both answers where they are not the same; what is refused has no data at all."""
    engine = await api.send(query, variables)
    ordinary = await Ordinary(api.send).execute(query, variables)
    same = engine == ordinary if "data" in engine else _said(engine) == _said(ordinary)
    return [] if same else [(query, variables, engine, ordinary)]


def _said(answer: dict[str, Any]) -> list[tuple[Any, Any]]:
    return [(error["message"], error.get("locations")) for error in answer.get("errors", ())]


async def test_variables_are_coerced_as_ever(sqlite_api: API) -> None:
    found = []
    for query, value in CASES:
        found += await disagreements(sqlite_api, query, {"v": value, "unknown": 1})
    assert found == []


async def test_documents_are_valid_or_not_as_ever(sqlite_api: API) -> None:
    found = []
    for query in DOCUMENTS:
        found += await disagreements(sqlite_api, query, {})
    assert found == []
