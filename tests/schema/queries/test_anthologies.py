"""Anthologies: what a reader chose, bound into a book."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import binding
import factories
import pytest
import serving

from pressroom.cms.content import Post
from pressroom.cms.services import posts
from pressroom.cms.services.posts import UpdatePost
from pressroom.cms.settings import Settings
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import unit_of_work

pytestmark = pytest.mark.anyio

QUERY = """query ($ids: [ID!]!, $title: String, $format: RenditionFormat!, $comments: Boolean) {
  anthology(postIds: $ids, title: $title, format: $format, options: {comments: $comments}) {%s}
}"""
WHERE, WHOLE = QUERY % "status url", QUERY % binding.ALL


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[serving.API]:
    async with binding.patient(settings) as api:
        yield api


def ids(posts: Sequence[Post]) -> list[str]:
    return [encode_id("Post", post.id) for post in posts]


async def anthology(
    api: serving.API, query: str, posts: Sequence[Post], **variables: Any
) -> dict[str, Any]:
    return await binding.told(api, query, **{"ids": ids(posts), "format": "EPUB"} | variables)


async def make_posts(api: serving.API, *titles: str) -> list[Post]:
    return [await factories.make_post(api.app.database, title) for title in titles]


async def test_posts_are_bound_in_the_given_order(api: serving.API) -> None:
    one, two, three = await make_posts(api, "One", "Two", "Three")
    told = await anthology(api, WHOLE, [three, one, two], title=" For \n Jean ")
    assert (told["status"], told["mediaType"]) == ("READY", "application/epub+zip")
    book = await binding.fetched(api, told["url"])
    assert book.titles == ["Three", "One", "Two"]
    assert "For Jean" in book.opening
    assert "3 articles" in book.opening


async def test_a_book_without_a_title_has_that_of_the_site(api: serving.API) -> None:
    told = await anthology(api, WHERE, await make_posts(api, "One"))
    title = (await api.data("{site {title}}"))["site"]["title"]
    assert (await binding.fetched(api, told["url"])).opening.count(title) >= 1


async def test_as_pdf_it_has_pages(api: serving.API) -> None:
    told = await anthology(api, WHOLE, await make_posts(api, "One", "Two"), format="PDF")
    assert told["status"] == "READY"
    assert told["pageCount"] >= 4
    response = await api.http.get(told["url"])
    assert response.content.startswith(b"%PDF-")
    assert len(response.content) == told["byteSize"]


@pytest.mark.parametrize("name", ["PRINT_HTML", "MARKDOWN", "TEXT"])
async def test_what_holds_one_post_alone_says_so(api: serving.API, name: str) -> None:
    told = await anthology(api, WHOLE, await make_posts(api, "One"), format=name)
    assert told["status"] == "FAILED"
    assert told["warnings"] == [
        f"{name} holds a single post. Collections are to be had as: PDF, EPUB."
    ]
    assert (await api.http.get(told["url"])).status_code == 404


async def test_comments_on_request(api: serving.API) -> None:
    posts = await make_posts(api, "One", "Two")
    for post in posts:
        await factories.make_comment(api.app.database, post, body=f"About {post.title}")
    told = await anthology(api, WHERE, posts, comments=True)
    book = await binding.fetched(api, told["url"])
    assert "About One" in book.text
    assert "About Two" in book.text
    assert (
        "About"
        not in (await binding.fetched(api, (await anthology(api, WHERE, posts))["url"])).text
    )


async def test_what_readers_do_not_see_is_as_if_it_were_not_there(api: serving.API) -> None:
    (seen,) = await make_posts(api, "Seen")
    draft = await factories.make_post(api.app.database, "Hidden", publish=False)
    gone = Post(id=999_999)
    hidden = await anthology(api, WHOLE, [draft, seen])
    missing = await anthology(api, WHOLE, [gone, seen])
    assert hidden["warnings"] == missing["warnings"]
    assert hidden["warnings"] == ["One of the posts is not there for readers to see, and left out."]
    book = await binding.fetched(api, hidden["url"])
    assert book.titles == ["Seen"]
    assert "Hidden" not in book.text
    for nothing in ([draft], [gone]):
        told = await anthology(api, WHOLE, nothing)
        assert told["status"] == "FAILED"
        assert told["warnings"] == ["None of these posts is there for readers to see"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "postIds: at least one post is expected"),
        (["nonsense"], "postIds: 'nonsense' is no id of a post"),
        ([encode_id("Author", 1)], f"postIds: '{encode_id('Author', 1)}' is no id of a post"),
        ([encode_id("Post", 1)] * 2, "postIds: a post is named twice"),
    ],
)
async def test_a_choice_that_is_none_is_refused(
    api: serving.API, given: list[str], message: str
) -> None:
    error = await api.error(WHERE, {"ids": given, "format": "EPUB"})
    assert (error["extensions"]["code"], error["message"]) == ("BAD_USER_INPUT", message)


async def test_too_many_posts_and_too_long_a_title_are_refused(api: serving.API) -> None:
    many = ", ".join(f'"{encode_id("Post", key)}"' for key in range(1, 102))
    error = await api.error(f"{{anthology(postIds: [{many}], format: PDF) {{url}}}}")
    assert error["message"] == "postIds: there are more than 100 posts"
    variables = {"ids": [encode_id("Post", 1)], "format": "PDF", "title": "x" * 201}
    error = await api.error(WHERE, variables)
    assert error["message"] == "title: there are more than 200 characters"


async def test_an_edit_moves_it_and_nothing_else_does(api: serving.API) -> None:
    one, two, other = await make_posts(api, "One", "Two", "Other")

    async def urls() -> list[str]:
        plain, full = [
            await anthology(api, WHERE, [one, two], comments=with_) for with_ in (False, True)
        ]
        return [plain["url"], full["url"]]

    first = await urls()
    await factories.make_comment(api.app.database, other)
    assert await urls() == first
    await factories.make_comment(api.app.database, two)
    commented = await urls()
    assert commented[0] == first[0]
    assert commented[1] != first[1]
    async with unit_of_work(api.app.database) as session:
        edit = UpdatePost(id=one.id, version=one.version, title="Another")
        await posts.update(session, factories.EDITOR, edit)
    edited = await urls()
    assert edited[0] != first[0]
    assert (await anthology(api, WHERE, [two, one]))["url"] != edited[0]
    moved = await api.http.get(first[0])
    assert moved.status_code == 302
    assert str(moved.next_request and moved.next_request.url) == edited[0]
