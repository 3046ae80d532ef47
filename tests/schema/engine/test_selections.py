"""GraphQL's own grammar: fragments, aliases, directives, variables, several operations."""

from typing import Any

import factories
import pytest
from operations.content import making
from serving import API

pytestmark = pytest.mark.anyio


async def test_fragments_of_every_kind_come_to_the_same(api: API) -> None:
    async with making(api.app.database):
        plain = '{ post(by: {slug: "press"}) { id title authors { name slug } } }'
        wanted = await api.data(plain)
        for query in (
            '{ post(by: {slug: "press"}) { ...P } }'
            " fragment P on Post { id title authors { name slug } }",
            '{ ... { post(by: {slug: "press"}) { ... on Node { id } ... { title } ...A } } }'
            " fragment A on Post { authors { name } ... on Post { authors { slug } } }",
            'query($s: String = "press") { ...Q } fragment Q on Query'
            " { post(by: {slug: $s}) { id title authors { ...N slug } } }"
            " fragment N on Author { name }",
        ):
            assert await api.data(query) == wanted
            assert len(api.statements) == 2


async def test_aliases_ask_the_same_field_differently(api: API) -> None:
    async with making(api.app.database):
        query = """{ post(by: {slug: "press"}) {
            oldest: comments(first: 1) { nodes { id replies { totalCount } } }
            newest: comments(first: 1, orderBy: NEWEST) { nodes { id: depth } }
            three: comments(shape: FLAT, first: 3) { length: totalCount }
            a: title title b: title } }"""
        post = (await api.data(query))["post"]
        assert post == {
            "oldest": {"nodes": [{"id": "Q29tbWVudDox", "replies": {"totalCount": 1}}]},
            "newest": {"nodes": [{"id": 0}]},
            "three": {"length": 6},
            "a": "Press", "title": "Press", "b": "Press",
        }  # fmt: skip
        assert list(post) == ["oldest", "newest", "three", "a", "title", "b"]
        assert len(api.statements) == (3 if api.dialect == "sqlite" else 1)


@pytest.mark.parametrize(("yes", "no"), [(True, False), (False, True)])
async def test_directives_with_variables_and_literals(api: API, yes: bool, no: bool) -> None:
    await factories.make_post(api.app.database)
    query = """query($yes: Boolean!, $no: Boolean = true) { posts { nodes {
        a: id @include(if: $yes) b: id @skip(if: $no) c: id @include(if: $yes) @skip(if: $no)
        d: id @skip(if: true) e: id @include(if: true) tags @include(if: $yes) { name }
        ... @skip(if: $yes) { authors { name } } ...F @include(if: $no) } } }
        fragment F on Post { categories { name } }"""
    for _ in range(2):
        (node,) = (await api.data(query, {"yes": yes, "no": no}))["posts"]["nodes"]
        assert set(node) == (
            {"a", "b", "c", "e", "tags"} if yes else {"e", "authors", "categories"}
        )
        # A post tells by itself that it has no tags, authors or categories.
        assert len(api.statements) == 1


async def test_variables_may_be_left_out_null_or_have_defaults(api: API) -> None:
    for title in ("B", "A", "C"):
        await factories.make_post(api.app.database, title)
    query = """query($first: Int, $order: PostOrder = TITLE_ASC, $where: PostFilter) {
        posts(first: $first, orderBy: $order, where: $where) { nodes { title } } }"""

    async def titles(variables: Any) -> str:
        nodes = (await api.data(query, variables))["posts"]["nodes"]
        return "".join(each["title"] for each in nodes)

    assert await titles(None) == "ABC"
    assert await titles({"first": 2, "where": None}) == "AB"
    assert await titles({"first": None, "order": None, "where": {}}) == "CAB"
    assert await titles({"order": "TITLE_DESC", "where": {"search": "b", "sticky": None}}) == "B"
    assert await titles({"where": {"search": "a", "and": []}}) == "A"
    assert await titles({"where": {"or": []}}) == ""


async def test_the_same_document_answers_by_each_request_s_own_values(api: API) -> None:
    for title in ("One", "Two"):
        await factories.make_post(api.app.database, title, tags=[title])
    query = """query($slug: String!, $tag: String!, $kind: String!) {
        post(by: {slug: $slug}) { title } tag(by: {slug: $tag}) { posts { nodes { title } } }
        __type(name: $kind) { name } }"""
    for title in ("One", "Two", "One"):
        given = {
            "slug": title.lower(),
            "tag": title.lower(),
            "kind": "Post" if title == "One" else "Tag",
        }
        data = await api.data(query, given)
        assert data["post"]["title"] == data["tag"]["posts"]["nodes"][0]["title"] == title
        assert data["__type"] == {"name": given["kind"]}


async def test_introspection_beside_data_merges_its_selections(api: API) -> None:
    query = """{ site { title } __schema { queryType { name } } ...S
        a: __type(name: "Post") { kind }
        a: __type(name: "Post") { name } none: __type(name: "Nothing") { name } }
        fragment S on Query { __schema { mutationType { name } } __typename }"""
    assert await api.data(query) == {
        "site": {"title": "The Sample"},
        "__schema": {"queryType": {"name": "Query"}, "mutationType": {"name": "Mutation"}},
        "a": {"kind": "OBJECT", "name": "Post"},
        "none": None,
        "__typename": "Query",
    }


async def test_one_of_several_operations_is_chosen(api: API) -> None:
    source = 'query A { site { title } } query B($n: String = "x") { post(by: {slug: $n}) { id } }'
    for name, data in (("A", {"site": {"title": "The Sample"}}), ("B", {"post": None})):
        request = {"query": source, "operationName": name}
        assert (await api.http.post("/graphql", json=request)).json() == {"data": data}
    for name in (None, "C"):
        request = {"query": source, "operationName": name}
        answer = (await api.http.post("/graphql", json=request)).json()
        assert "data" not in answer
        assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
