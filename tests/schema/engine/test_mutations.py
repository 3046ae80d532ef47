"""Mutations: what is refused, and that nothing of it is done then."""

import factories
import pytest
from serving import API

from pressroom.cms.store.keys import encode_id

pytestmark = pytest.mark.anyio

TWO = """
mutation($post: ID!, $cursor: String) {
  first: submitComment(input: {postId: $post, authorName: "A", body: "One."}) { editToken }
  second: submitComment(input: {postId: $post, authorName: "A", body: "Two."}) {
    comment { body { text } replies(after: $cursor) { nodes { id } } }
  }
}
"""


async def posted(api: API) -> str:
    return encode_id("Post", (await factories.make_post(api.app.database)).id)


async def test_fields_are_done_one_after_the_other(api: API) -> None:
    answer = await api.data(TWO, {"post": await posted(api)})
    assert list(answer) == ["first", "second"]
    assert answer["second"]["comment"] == {"body": {"text": "Two."}, "replies": {"nodes": []}}


@pytest.mark.parametrize("cursor", ["nonsense", ""])
async def test_nothing_is_done_of_what_cannot_be_answered(api: API, cursor: str) -> None:
    post = await posted(api)
    answer = await api.send(TWO, {"post": post, "cursor": cursor})
    assert "data" not in answer
    (error,) = answer["errors"]
    assert error["message"] == "`after` is not a cursor of this list in this order"
    assert error["locations"] == [{"line": 4, "column": 3}]
    assert error["extensions"] == {"code": "BAD_USER_INPUT"}
    # A comment that says what another has said is a DUPLICATE: none of these was stored before.
    again = await api.data(TWO, {"post": post})
    assert again["first"]["editToken"]
    assert again["second"]["comment"]


async def test_a_mutation_may_ask_for_nothing_but_its_type(api: API) -> None:
    assert await api.data("mutation { __typename kind: __typename }") == {
        "__typename": "Mutation",
        "kind": "Mutation",
    }


async def test_a_subscription_is_no_other_way_to_a_mutation(api: API) -> None:
    error = await api.error("subscription { submitComment { editToken } }")
    assert error["message"] == "The subscription operation is not supported by the schema."


async def test_fields_of_one_key_are_merged(api: API) -> None:
    query = """
    mutation($post: ID!) {
      submitComment(input: {postId: $post, authorName: "A", body: "B."}) { comment { ...Name } }
      ... { submitComment(input: {postId: $post, authorName: "A", body: "B."}) {
        comment { body { text } ... on Node { __typename } }
      } }
    }
    fragment Name on Comment { author { name } }
    """
    answer = await api.data(query, {"post": await posted(api)})
    assert answer["submitComment"]["comment"] == {
        "author": {"name": "A"},
        "body": {"text": "B."},
        "__typename": "Comment",
    }
