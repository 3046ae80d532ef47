"""What an operation costs: known before it runs, bounded, and told to who asks."""

from typing import Any

import factories
import pytest
from serving import API

pytestmark = pytest.mark.anyio

FILTERED = "query ($first: Int) { posts(first: $first) { nodes { id } } }"
SUBMIT = """
mutation Submit($input: SubmitCommentInput!) {
  submitComment(input: $input) { comment { id } userErrors { code } }
}
"""


async def told(api: API, query: str, variables: dict[str, Any] | None = None) -> Any:
    request = {"query": query, "variables": variables}
    response = await api.http.post("/graphql", json=request, headers={"Pressroom-Cost": "1"})
    answer = response.json()
    assert "errors" not in answer
    return answer["extensions"]["cost"]


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("{ site { title } }", 0),
        ("{ posts { nodes { id } } }", 20),
        ("{ posts(first: 7) { nodes { id } edges { cursor } } }", 7),
        ("{ posts(first: 10) { nodes { authors { id } } } }", 10 + 10 * 3),
        ("{ posts(first: 10) { nodes { categories { id } } } }", 10 + 10 * 5),
        ("{ posts(first: 10) { nodes { tags { id } } } }", 10 + 10 * 10),
        ("{ posts(first: 10) { nodes { related(first: 4) { id } } } }", 10 + 10 * 4),
        ("{ posts(first: 10) { nodes { related { id } } } }", 10 + 10 * 5),
        ("{ categories(first: 2) { nodes { children { ancestors { id } } } } }", 2 + 40 + 40 * 5),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        (
            "{ posts(first: 2) { nodes { comments(first: 3)"
            " { nodes { replies(first: 4) { nodes { id } } } } } } }",
            2 + 2 * 3 + 2 * 3 * 4,
        ),
    ],
)
async def test_the_cost_is_what_pages_and_lists_may_hold(api: API, query: str, nodes: int) -> None:
    assert await told(api, query) == {"nodes": nodes, "limit": 20_000}


async def test_the_cost_is_that_of_the_variables_given(api: API) -> None:
    assert (await told(api, FILTERED, {"first": 3}))["nodes"] == 3
    assert (await told(api, FILTERED, {"first": 30}))["nodes"] == 30
    assert (await told(api, FILTERED))["nodes"] == 20


async def test_the_cost_is_told_of_mutations_too(api: API) -> None:
    sent = {"postId": "nowhere", "authorName": "Reader", "body": "Well said."}
    assert (await told(api, SUBMIT, {"input": sent}))["nodes"] == 10


async def test_the_cost_is_told_to_who_asks_and_the_answer_is_the_same(api: API) -> None:
    await factories.make_post(api.app.database)
    query = "{ posts { nodes { title } } }"
    asked = {"Pressroom-Cost": "1"}
    for headers in ({}, asked, {}, asked):
        response = await api.http.post("/graphql", json={"query": query}, headers=headers)
        answer = response.json()
        assert answer.pop("extensions", None) == (
            {"cost": {"nodes": 20, "limit": 20_000}} if headers else None
        )
        assert answer == {"data": {"posts": {"nodes": [{"title": "A post"}]}}}


async def test_what_costs_too_much_is_refused_naming_the_dearest_field(api: API) -> None:
    query = """{
      cheap: posts(first: 3) { nodes { id } }
      posts(first: 100) {
        nodes { comments(first: 100) { nodes { replies(first: 5) { nodes { id } } } } }
      }
    }"""
    error = await api.error(query)
    assert error["extensions"]["code"] == "TOO_COMPLEX"
    assert "60103 nodes; the limit is 20000" in error["message"]
    assert "`posts.nodes.comments.nodes.replies` costs most" in error["message"]
    assert api.statements == []
