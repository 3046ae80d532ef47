"""The page of a post: one query has everything that a frontend shows of it."""

import factories
import pytest
from serving import API

pytestmark = pytest.mark.anyio

PAGE = """
query Page($slug: String!) {
  post(by: {slug: $slug}) {
    id title publishedAt updatedAt
    authors { name }
    categories { name url }
    body { html tableOfContents { level text anchor } }
    commentsOpen commentCount
    comments {
      nodes {
        author { name } submittedAt body { html }
        replies { nodes { author { name } body { html } } }
      }
    }
    rendition(format: PRINT_HTML) { status url }
  }
}
"""
SUBMIT = """
mutation Reply($input: SubmitCommentInput!) {
  submitComment(input: $input) {
    comment { id status author { name } body { text } }
    editToken
    userErrors { code message path }
  }
}
"""


async def test_page(api: API) -> None:
    database = api.app.database
    category = await factories.make_category(database, "Communication")
    post = await factories.make_post(
        database,
        "Emotional intimacy",
        "Hello.\n\n## Nurture trust\n\nBe honest.",
        categories=[category],
    )
    comment = await factories.make_comment(database, post, name="Jenn", body="Really *enjoyed* it.")
    await factories.make_comment(database, post, comment, name="Charlene", body="So did I.")
    page = (await api.data(PAGE, {"slug": post.slug}))["post"]
    assert page["title"] == "Emotional intimacy"
    assert page["publishedAt"] == page["updatedAt"]
    assert page["authors"] == []
    assert [each["name"] for each in page["categories"]] == ["Communication"]
    assert page["body"]["tableOfContents"] == [
        {"level": 2, "text": "Nurture trust", "anchor": "nurture-trust"}
    ]
    assert '<h2 id="nurture-trust">' in page["body"]["html"]
    assert (page["commentsOpen"], page["commentCount"]) == (True, 2)
    (thread,) = page["comments"]["nodes"]
    assert (thread["author"]["name"], thread["body"]["html"]) == (
        "Jenn",
        "<p>Really <em>enjoyed</em> it.</p>\n",
    )
    (reply,) = thread["replies"]["nodes"]
    assert reply["author"]["name"] == "Charlene"
    printable = await api.http.get(page["rendition"]["url"])
    assert printable.status_code == 200
    assert "Emotional intimacy" in printable.text


async def test_a_reply_can_be_read_back_with_its_edit_token(api: API) -> None:
    post = await factories.make_post(api.app.database)
    sent = {"authorName": "Denny", "body": "Could I *print* this?"}
    page = (await api.data(PAGE, {"slug": post.slug}))["post"]
    payload = (await api.data(SUBMIT, {"input": {**sent, "postId": page["id"]}}))["submitComment"]
    assert payload["userErrors"] == []
    assert payload["comment"]["status"] == "PENDING"
    read = "query($id: ID!) { comment(id: $id) { status author { name } body { text } } }"
    mine = {"id": payload["comment"]["id"]}
    assert (await api.data(read, mine))["comment"] is None
    assert (await api.data(read, mine, token=payload["editToken"]))["comment"] == {
        "status": "PENDING",
        "author": {"name": "Denny"},
        "body": {"text": "Could I print this?"},
    }
