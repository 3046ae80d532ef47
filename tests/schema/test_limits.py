import time
import tracemalloc
from typing import Any

import pytest
from graphql import (
    GraphQLError,
    OperationDefinitionNode,
    build_schema,
    get_introspection_query,
    parse,
    validate,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from pressroom.schema.limits import (
    Limits,
    check_limits,
    measure_operation,
    parse_document,
)
from pressroom.schema.measure import Measure

SCHEMA = build_schema("""
    type Query {
      post: Post
      nodes(ids: [ID!]!): [Post]!
      posts(first: Int, after: String, last: Int, before: String): Posts!
    }
    type Posts { edges: [Edge!]! nodes: [Post!]! totalCount: Int! pageInfo: PageInfo! }
    type Edge { node: Post! cursor: String! }
    type PageInfo { endCursor: String }
    type Post {
      title: String! tags: [Tag!]! words: [String!]! parent: Post
      related(first: Int = 5): [Post!]!
      comments(first: Int, last: Int): Posts!
    }
    type Tag { name: String! }
""")


def operation_of(document: Any) -> OperationDefinitionNode:
    return next(node for node in document.definitions if isinstance(node, OperationDefinitionNode))


def check(source: str, variables: dict[str, Any] | None = None, **limits: Any) -> list[str]:
    document = parse(source)
    errors = check_limits(SCHEMA, document, operation_of(document), variables, Limits(**limits))
    assert all(error.extensions["code"] == "TOO_COMPLEX" for error in errors)
    return [error.message for error in errors]


def measured(source: str, variables: dict[str, Any] | None = None, **limits: Any) -> Measure:
    document = parse(source)
    operation = operation_of(document)
    result = measure_operation(SCHEMA, document, operation, variables, Limits(**limits))
    assert isinstance(result, Measure)
    return result


def nodes(source: str, variables: dict[str, Any] | None = None, **limits: Any) -> int:
    return measured(source, variables, **limits).tally.nodes.nodes


def nested(field: str, levels: int, inmost: str) -> str:
    return f"{field} {{ " * levels + inmost + " }" * levels


FRAGMENT = "fragment F on Query { a: post { title } b: post { title } }"


@pytest.mark.parametrize(
    ("fits", "exceeds", "message"),
    [
        (
            f"{{ post {{ {nested('parent', 10, 'title')} }} }}",
            f"{{ post {{ {nested('parent', 11, 'title')} }} }}",
            "13 levels of fields; the limit is 12",
        ),
        (
            f"{{ post {{ {' '.join(f'a{i}: title' for i in range(30))} }} }}",
            f"{{ post {{ {' '.join(f'a{i}: title' for i in range(31))} }} }}",
            "31 aliases; the limit is 30",
        ),
        (
            f"{{ {'__typename ' * 18} ...F }} {FRAGMENT}",
            f"{{ {'__typename ' * 19} ...F }} {FRAGMENT}",
            "21 root fields; the limit is 20",
        ),
        (
            f"{{ post {{ title {'@skip(if: false)' * 50} }} }}",
            f"query @a {{ post {{ title {'@skip(if: false)' * 50} }} }}",
            "51 directives; the limit is 50",
        ),
        (
            f"{{ post {{ {'parent { title } ' * 100} }} }}",
            f"{{ post {{ {'parent { title } ' * 101} }} }}",
            "101 fields called `parent`; the limit is 100",
        ),
    ],
    ids=["depth", "aliases", "root fields", "directives", "repeats"],
)
def test_each_count_has_its_limit(fits: str, exceeds: str, message: str) -> None:
    assert check(fits) == []
    (told,) = check(exceeds)
    assert message in told


def test_fragments_count_at_each_spread() -> None:
    source = "{ post { ...F parent { ...F } } } fragment F on Post { a: title @x b: tags { name } }"
    tally = measured(source).tally
    assert (tally.aliases, tally.directives, tally.fields, tally.depth) == (4, 2, 8, 4)


def test_fields_are_counted_expanded() -> None:
    doubled = [
        f"fragment F{i} on Post {{ parent {{ ...F{i + 1} }} ...F{i + 1} }}" for i in range(9)
    ]
    last = "fragment F9 on Post { title words __typename }"
    (told,) = check(f"{{ post {{ ...F0 }} }} {' '.join(doubled)} {last}")
    assert "2048 fields; the limit is 2000" in told


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("{ post { title } }", 0),
        ("{ posts { totalCount } }", 20),
        ("{ posts { nodes { title } } }", 20),
        ("{ posts { edges { node { title } } } }", 20),
        ("{ posts(first: 7) { nodes { title } edges { cursor } } }", 7),
        ("{ posts(last: 7) { nodes { title } } }", 7),
        ("{ posts(first: null, last: 3) { nodes { title } } }", 3),
        ("{ posts(first: 7) { nodes { comments(first: 3) { nodes { title } } } } }", 7 + 7 * 3),
        ("{ posts(first: 7) { nodes { parent { comments { totalCount } } } } }", 7 + 7 * 20),
        ("{ post { tags { name } } }", 10),
        ("{ post { words } }", 0),
        ("{ posts(first: 7) { nodes { tags { name } } } }", 7 + 7 * 10),
        ("{ post { related { title } } }", 5),
        ("{ post { related(first: 2) { tags { name } } } }", 2 + 2 * 10),
        ("{ posts(first: 7) { ...P } }"
         " fragment P on Posts { edges { node { tags { name } } } }", 7 + 7 * 10),
        ("{ a: posts(first: 2) { ...P } b: posts(first: 3) { ...P } }"
         " fragment P on Posts { nodes { tags { name } } }", 2 + 20 + 3 + 30),
        ("{ posts(first: 7) { ... on Posts { ... @include(if: true) { nodes { title } } } } }", 7),
        ("{ nodes(ids: [1, 2, 3]) { title } }", 10),
    ],
)  # fmt: skip
def test_nodes_multiply_through_the_pages(source: str, count: int) -> None:
    assert nodes(source) == count


@pytest.mark.parametrize(
    ("variables", "count"),
    [
        ({}, 9),
        ({"n": 4}, 4),
        ({"n": 4.0}, 4),
        ({"n": None}, 20),
        ({"n": "x"}, 20),
        ({"n": True}, 20),
    ],
)
def test_page_sizes_come_from_variables(variables: dict[str, Any], count: int) -> None:
    assert nodes("query ($n: Int = 9) { posts(first: $n) { totalCount } }", variables) == count


def test_the_variables_that_matter_are_told() -> None:
    source = """query ($n: Int, $after: String, $ids: [ID!]!) {
      posts(first: $n, after: $after) { totalCount } nodes(ids: $ids) { title }
    }"""
    assert measured(source).cost_variables == {"n"}
    declared = measured(source, {"ids": ["1"] * 7}, fan_out={"Query.nodes": "ids"})
    assert declared.cost_variables == {"n", "ids"}
    assert declared.tally.nodes.nodes == 20 + 7


def test_lists_have_the_length_that_is_declared() -> None:
    assert nodes("{ post { tags { name } } }", fan_out={"Post.tags": 4}) == 4
    source = "{ nodes(ids: [1, 2, 3]) { tags { name } } }"
    assert nodes(source, fan_out={"Query.nodes": "ids", "Post.tags": 4}) == 3 + 3 * 4


def test_the_costliest_field_is_named() -> None:
    source = """{
      posts(first: 100) {
        nodes { thread: comments(first: 100) { nodes { comments { totalCount } } } }
      }
      cheap: posts { totalCount }
    }"""
    assert check(source) == [
        "The operation may read 210120 nodes; the limit is 20000."
        " `posts.nodes.thread.nodes.comments` costs most: 200000."
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("first: 101", "`first` of `posts` must be from 1 to 100, not 101."),
        ("last: 0", "`last` of `posts` must be from 1 to 100, not 0."),
        ("first: -1", "`first` of `posts` must be from 1 to 100, not -1."),
        ("first: $n", "`first` of `posts` must be from 1 to 100, not 500."),
        ("first: 1, last: 1", "Give `posts` either `first` or `last`, not both."),
    ],
)
def test_a_page_beyond_its_bounds_is_bad_input(arguments: str, message: str) -> None:
    document = parse(f"query ($n: Int) {{ posts({arguments}) {{ totalCount }} }}")
    errors = check_limits(SCHEMA, document, operation_of(document), {"n": 500})
    assert [(error.message, error.extensions) for error in errors] == [
        (message, {"code": "BAD_USER_INPUT"})
    ]


def test_the_standard_introspection_query_passes() -> None:
    everything = get_introspection_query(True, True, True, True, True, True, True, 9)
    assert check(everything) == []
    assert check(everything.replace("{", "{ post { title } ", 1)) == []


@pytest.mark.parametrize(
    "source",
    [
        "{ __schema { types {" + "fields { type {" * 3 + "name" + "} }" * 3 + "} } }",
        "{ __schema { queryType { " + nested("ofType", 30, "name") + " } } }",
        '{ __type(name: "Post") { ' + nested("ofType", 30, "name") + " } }",
        "{" + " ".join(f"a{i}: __schema {{ ...A }}" for i in range(3)) + "}"
        " fragment A on __Schema { types { fields { args { name } } } }",
        "{ __schema { ...A } } fragment A on __Schema { types { fields { type { ...B } } } }"
        " fragment B on __Type { fields { type { fields { type { fields { name } } } } } }",
    ],
)  # fmt: skip
def test_introspection_bombs_do_not_pass(source: str) -> None:
    (told,) = check(source)
    assert "introspection" in told


INVALID = {
    "a cycle": "{ ...A } fragment A on Query { post { title } ...B } fragment B on Query { ...A }",
    "a fragment of itself": "{ ...A } fragment A on Query { post { ...A } }",
    "an unknown fragment": "{ ...Nowhere }",
    "an unknown field": "{ nothing(first: 3) { at { all } } }",
    "an unknown type": "{ ... on Nothing { a { b } } }",
    "an unknown variable": "{ posts(first: $nowhere) { totalCount } }",
    "a leaf with selections": "{ post { title { length } } }",
    "no root type": "mutation { a { b } }",
    "a page that is no number": '{ posts(first: "x", last: {a: [1]}) { totalCount } }',
    "a page of 5,000 digits": f"{{ posts(first: {'9' * 5_000}) {{ totalCount }} }}",
    "introspection out of place": "{ post { __schema { types { name } } } }",
}


@pytest.mark.parametrize("source", INVALID.values(), ids=INVALID.keys())
def test_invalid_documents_are_left_to_validation(source: str) -> None:
    assert check(source) == []


def chain(length: int, body: str) -> str:
    links = (f"fragment F{i} on Post {{ {body.format(i + 1)} }}" for i in range(length))
    return f"{{ post {{ ...F0 }} }} {' '.join(links)} fragment F{length} on Post {{ title }}"


HOSTILE = {
    "2 MB": "{" + "a " * 1_000_000 + "}",
    "2 MB of comments": "{" + "#\n" * 1_000_000 + "a}",
    "2 MB of commas": "{" + "," * 2_000_000 + "a}",
    "a literal of 2 MB": '{ post(a: """' + "\n x" * 700_000 + '""") { title } }',
    "10,000 aliases": "{" + " ".join(f"a{i}: post {{ title }}" for i in range(10_000)) + "}",
    "50,000 repeated fields": "{ post {" + "title " * 50_000 + "} }",
    "many repeated fields": "{ post {" + "parent { title } " * 490 + "} }",
    "repeats within repeats": "{ post {"
    + ("parent {" + "parent { title } " * 20 + "}") * 20 + "} }",
    "repeats in another operation": "{ post { title } } query B { post {"
    + "parent { title } " * 400 + "} }",
    "nesting of 2,000": nested("{ post", 1, nested("parent", 2_000, "title")),
    "nesting of 150": "{" + nested("post", 1, nested("parent", 150, "title")) + "}",
    "inline nesting": "{" + nested("...", 180, "__typename") + "}",
    "fragments doubling": chain(150, "...F{0} ...F{0}"),
    "fragments doubling pages": chain(60, "comments(first: 2) {{ nodes {{ ...F{0} ...F{0} }} }}"),
    "fragments doubling fields": chain(90, "a: parent {{ ...F{0} }} b: parent {{ ...F{0} }}"),
    "a long chain of fragments": chain(240, "...F{0}"),
}  # fmt: skip


def refusal(source: str) -> list[GraphQLError]:
    """Everything that is done with a document before it may run."""
    try:
        document = parse_document(source)
    except GraphQLError as error:
        return [error]
    return check_limits(SCHEMA, document, operation_of(document)) or validate(SCHEMA, document)


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_documents_cost_little(source: str) -> None:
    started = time.process_time()
    errors = refusal(source)
    seconds = time.process_time() - started
    assert errors
    assert {error.extensions["code"] for error in errors} == {"TOO_COMPLEX"}
    assert all(len(error.message) < 300 for error in errors)
    assert seconds < 0.2
    assert memory_of(source) < 5_000_000


def memory_of(source: str) -> int:
    tracemalloc.start()
    try:
        refusal(source)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("source", ["{", "{ post { title }", "query {{ a }", '{ a(b: "x) }'])
def test_what_is_not_graphql_is_bad_input(source: str) -> None:
    with pytest.raises(GraphQLError) as caught:
        parse_document(source)
    assert caught.value.extensions == {"code": "BAD_USER_INPUT"}
    assert caught.value.locations


def test_an_ordinary_document_is_parsed() -> None:
    assert parse_document("{ post { title } }") == parse("{ post { title } }")


SELECTIONS = st.recursive(
    st.sampled_from(["title", "words", "tags { name }"]),
    lambda inner: st.tuples(
        st.sampled_from(["parent", "related", "related(first: 3)", "related(first: 3) { parent"]),
        st.lists(inner, min_size=1, max_size=3),
    ).map(lambda pair: f"{pair[0]} {{ {' '.join(pair[1])} }}" + " }" * pair[0].count("{")),
    max_leaves=20,
)


@settings(deadline=None)  # other work may hold the processor
@given(st.lists(SELECTIONS, min_size=1, max_size=4))
def test_a_fragment_costs_what_its_text_in_place_costs(selections: list[str]) -> None:
    text = " ".join(selections)
    plain = measured(f"{{ post {{ {text} parent {{ {text} }} }} }}").tally
    spread = f"{{ post {{ ...F parent {{ ...F }} }} }} fragment F on Post {{ {text} }}"
    assert measured(spread).tally == plain
