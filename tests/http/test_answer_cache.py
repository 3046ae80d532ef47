"""Answers that are kept, through HTTP: what drops them, what does not, and who shares them."""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import factories
import httpx
import pytest
from operations.content import LATER, Content, making
from serving import API, serving

from pressroom.cms.content import Site
from pressroom.cms.http.answer_cache import AnswerCache
from pressroom.cms.http.operations import GraphQLResponse
from pressroom.cms.services import (
    authors,
    categories,
    posts,
    previews,
    site,
)
from pressroom.cms.services.comments import moderation
from pressroom.cms.services.comments.moderation import ModerationAction
from pressroom.cms.services.posts import publication
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.follower import Follower
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

PRESS = """{ post(by: {slug: "press"}) {
  title authors { name } categories { name } commentCount
  comments { nodes { body { text } } }
} }"""
PAPER = PRESS.replace("press", "paper")
REPLIES = PAPER.replace("body { text }", "body { text } replies { nodes { body { text } } }")
NEIGHBOURS = '{ post(by: {slug: "paper"}) { title previous { title } next { title } } }'
FRONT = "{ posts { nodes { title } } }"
SITE = "{ site { title } }"
ASKING = {"GraphQL-Require-Preflight": "1"}


@pytest.fixture
async def kept(settings: Settings) -> AsyncIterator[API]:
    """The API as it is, with answers kept."""
    async with serving(dataclasses.replace(settings, answer_cache_bytes=1_000_000)) as api:
        yield api


@pytest.fixture
async def content(kept: API) -> AsyncIterator[Content]:
    async with making(kept.app.database) as content:
        yield content


async def is_kept(api: API, query: str, token: str | None = None) -> bool:
    """Tell whether an answer comes without a statement; it is kept from now on."""
    await api.send(query, token=token)
    return not api.statements


async def _do(content: Content, service: Any, wanted: Any) -> None:
    async with unit_of_work(content.database) as session:
        await service(session, factories.EDITOR, wanted)


async def _update(content: Content, name: str, **fields: Any) -> None:
    post = content.posts[name]
    await _do(content, posts.update, posts.UpdatePost(id=post.id, version=post.version, **fields))


async def _retitle(content: Content) -> None:
    await _update(content, "press", title="Another")


async def _trash(content: Content) -> None:
    post = content.posts["press"]
    wanted = publication.PostAction(id=post.id, version=post.version)
    await _do(content, publication.trash, wanted)


async def _rename_category(content: Content) -> None:
    there = content.categories["poetry"]
    wanted = categories.UpdateCategory(id=there.id, version=there.version, name="Verse")
    await _do(content, categories.update, wanted)


async def _rename_author(content: Content) -> None:
    there = content.authors["emile"]
    await _do(content, authors.update, authors.UpdateAuthor(id=there.id, name="Zola"))


async def _approve(content: Content) -> None:
    await _moderate(content, ModerationAction.APPROVE)


async def _moderate(content: Content, action: ModerationAction) -> None:
    async with unit_of_work(content.database) as session:
        await moderation.moderate(
            session, factories.EDITOR, [content.comments["pending"].id], action
        )


async def _new_post(content: Content) -> None:
    await factories.make_post(content.database, "News")


async def _site(content: Content) -> None:
    await _do(content, site.update_site, site.UpdateSite(title="The Example"))


Change = Callable[[Content], Awaitable[None]]


@pytest.mark.parametrize(
    ("change", "dropped", "spared"),
    [
        (_retitle, [PRESS, FRONT], [PAPER, NEIGHBOURS.replace("paper", "moved-away"), SITE]),
        (_trash, [PRESS, FRONT, NEIGHBOURS], [PAPER, SITE]),
        (_rename_category, [PRESS], [PAPER, SITE]),
        (_rename_author, [PRESS], [PAPER, FRONT, SITE]),
        (_approve, [PRESS], [PAPER, REPLIES, FRONT, NEIGHBOURS, SITE]),
        (_new_post, [FRONT, NEIGHBOURS], [PRESS, PAPER, SITE]),
        (_site, [SITE], [PRESS, PAPER, FRONT]),
    ],
)
async def test_a_change_drops_what_shows_it_and_spares_the_rest(
    kept: API, content: Content, change: Change, dropped: list[str], spared: list[str]
) -> None:
    for query in (*dropped, *spared):
        assert not await is_kept(kept, query)
        assert await is_kept(kept, query)
    await change(content)
    assert [await is_kept(kept, query) for query in spared] == [True] * len(spared)
    assert [await is_kept(kept, query) for query in dropped] == [False] * len(dropped)


BOOK = """{ category(by: {slug: "poetry"}) {
  rendition(format: EPUB, options: {comments: true}) { url }
} }"""


@pytest.mark.parametrize(
    "change", [_retitle, _trash, _rename_category, _rename_author, _approve, _site]
)
async def test_a_change_drops_where_the_book_was_that_shows_it(
    kept: API, content: Content, change: Change
) -> None:
    former = await kept.data(BOOK)
    assert await is_kept(kept, BOOK)
    await change(content)
    assert await kept.data(BOOK) != former


async def test_what_readers_do_not_see_drops_nothing(kept: API, content: Content) -> None:
    await is_kept(kept, PRESS)
    await factories.make_comment(content.database, content.posts["press"], approve=False)
    assert await is_kept(kept, PRESS)


async def test_answers_end_at_the_next_publication(kept: API, content: Content) -> None:
    soon = content.time.now + timedelta(minutes=5)
    await factories.make_post(content.database, "Soon", published_at=soon)
    before = await kept.data(FRONT)
    assert await is_kept(kept, FRONT)
    content.time.pass_by(minutes=5)
    after = await kept.data(FRONT)
    assert after["posts"]["nodes"] == [{"title": "Soon"}, *before["posts"]["nodes"]]


async def test_who_bears_a_token_is_never_given_a_kept_answer(kept: API, content: Content) -> None:
    await is_kept(kept, PRESS)
    assert not await is_kept(kept, PRESS, token=content.tokens["editor"])
    assert not await is_kept(kept, PRESS, token=content.tokens["editor"])


async def test_errors_are_not_kept(kept: API, content: Content) -> None:
    response = await _get(kept, '{ posts(after: "nowhere") { nodes { title } } }')
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


async def _get(api: API, query: str, **headers: str) -> httpx.Response:
    return await api.http.get("/graphql", params={"query": query}, headers=ASKING | headers)


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_an_answer_that_the_client_has_is_not_sent_again(
    kept: API, content: Content, method: str
) -> None:
    async def ask(**headers: str) -> httpx.Response:
        if method == "GET":
            return await _get(kept, FRONT, **headers)
        return await kept.http.post("/graphql", json={"query": FRONT}, headers=headers)

    first, again = await ask(), await ask()
    assert (again.content, again.headers) == (first.content, first.headers)
    shared = "public" if method == "GET" else "private"
    assert first.headers["cache-control"] == f"{shared}, no-cache"
    assert "Authorization" in first.headers["vary"]
    tag = first.headers["etag"]
    for known in (tag, f'"other", W/{tag}', "*"):
        same = await ask(**{"If-None-Match": known})
        assert (same.status_code, same.content, same.headers["etag"]) == (304, b"", tag)
    await _new_post(content)
    assert (await ask(**{"If-None-Match": tag})).status_code == 200


async def test_kept_answers_know_requests_that_differ_in_what_decides(
    kept: API, content: Content
) -> None:
    await _get(kept, FRONT)
    bare = await kept.http.get("/graphql", params={"query": FRONT})
    other = await _get(kept, FRONT, Accept="application/graphql-response+json")
    assert bare.status_code == 400
    assert other.headers["content-type"].startswith("application/graphql-response+json")
    avatar = "{ comments(first: 1) { nodes { author { avatarUrl } } } }"
    here = await _get(kept, avatar)
    there = await _get(kept, avatar, Host="other.example")
    assert here.text.replace("testserver", "other.example") == there.text != here.text


async def test_what_another_process_commits_is_heard_of(kept: API, content: Content) -> None:
    cache = AnswerCache(100_000)
    elsewhere = Database(kept.app.settings)
    follower = Follower(elsewhere, cache)
    await follower.look()
    shows = frozenset({("Post", content.posts["press"].id)})

    async def make() -> GraphQLResponse:
        return GraphQLResponse(b"{}", shows=shows)

    await cache.once("press", make)
    await follower.look()
    assert cache.answer("press")
    await _retitle(content)
    await follower.look()
    assert cache.answer("press") is None
    await elsewhere.close()


def _open(size: int = 100_000) -> AnswerCache:
    cache = AnswerCache(size)
    cache.found()
    return cache


async def test_who_asks_at_the_same_time_shares_one_answer() -> None:
    cache, made = _open(), []

    async def make() -> GraphQLResponse:
        made.append(1)
        await asyncio.sleep(0)
        return GraphQLResponse(b"{}", shows=frozenset())

    answers = await asyncio.gather(*(cache.once("key", make) for _ in range(100)))
    assert len(made) == 1
    assert all(answer is answers[0] for answer in answers)


async def test_who_asks_after_a_commit_does_not_share_what_was_read_before() -> None:
    cache, gate = _open(), asyncio.Event()

    async def make() -> GraphQLResponse:
        await gate.wait()
        return GraphQLResponse(b"old", shows=frozenset({("Post", 1)}))

    async def make_anew() -> GraphQLResponse:
        return GraphQLResponse(b"new", shows=frozenset({("Post", 1)}))

    early = asyncio.create_task(cache.once("key", make))
    await asyncio.sleep(0)
    cache.lost()
    cache.found()
    assert (await cache.once("key", make_anew)).body == b"new"
    gate.set()
    assert (await early).body == b"old"
    kept = cache.answer("key")
    assert kept is not None
    assert kept.body == b"new"


async def test_an_answer_that_nobody_waits_for_is_not_made() -> None:
    cache, stopped = _open(), []

    async def make() -> GraphQLResponse:
        try:
            await asyncio.Event().wait()
        finally:
            stopped.append(True)
        raise AssertionError

    asking = [asyncio.create_task(cache.once("key", make)) for _ in range(2)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asking[0].cancel()
    await asyncio.sleep(0)
    assert not stopped
    asking[1].cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    await asyncio.sleep(0)
    assert stopped


async def test_memory_is_bounded_whatever_is_asked() -> None:
    cache = _open(100_000)

    async def make() -> GraphQLResponse:
        return GraphQLResponse(b"x" * 1_000, shows=frozenset({("Post", 1)}))

    for number in range(1_000):
        await cache.once(number, make)
        assert cache.room >= 0
    assert 10 < len(cache) < 100
    assert cache.answer(999)
    assert cache.answer(0) is None
    cache.lost()
    assert (len(cache), cache.room) == (0, 100_000)


async def test_no_view_but_the_public_s_is_kept(kept: API, content: Content) -> None:
    """What an editor or a guest is shown is given to nobody else, and not taken from others."""
    public = await kept.data(FRONT)
    token, ahead = content.tokens["editor"], LATER.isoformat()
    for headers in (
        {"Authorization": f"Bearer {token}", "Pressroom-Perspective": "draft"},
        {"Authorization": f"Bearer {token}", "Pressroom-Perspective": ahead},
        {"Authorization": f"Bearer {await _preview(content)}"},
    ):
        for _ in range(2):
            kept.statements.clear()
            response = await kept.http.post("/graphql", json={"query": FRONT}, headers=headers)
            assert kept.statements
            assert response.headers["cache-control"] == "private, no-store"
            assert "etag" not in response.headers
        assert (response.json()["data"] == public) == ("Pressroom-Perspective" not in headers)
        assert await kept.data(FRONT) == public
        assert not kept.statements


async def _preview(content: Content) -> str:
    async with reading_session(content.database) as session:
        secret = (await session.get_one(Site, 1)).secret
    ends = content.time() + timedelta(days=1)
    return previews.token_of(secret, content.posts["draft"].id, ends)
