"""A category as a book."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import binding
import factories
import pytest
import serving

from pressroom.cms.content import Category, Post
from pressroom.cms.services import categories, posts
from pressroom.cms.services.categories import UpdateCategory
from pressroom.cms.services.posts import UpdatePost, publication
from pressroom.cms.settings import Settings
from pressroom.cms.store.sessions import unit_of_work

pytestmark = pytest.mark.anyio

QUERY = """query ($slug: String!, $comments: Boolean, $format: RenditionFormat = EPUB) {
  category(by: {slug: $slug}) {
    book: rendition(format: $format, options: {comments: $comments}) {%s}
  }
}"""
WHERE, WHOLE = QUERY % "status url", QUERY % binding.ALL
DAY = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[serving.API]:
    async with binding.patient(settings) as api:
        yield api


async def make_posts(api: serving.API, category: Category, *titles: str) -> list[Post]:
    return [
        await factories.make_post(
            api.app.database,
            title,
            categories=[category],
            published_at=DAY + timedelta(days=place),
        )
        for place, title in enumerate(titles)
    ]


async def book(api: serving.API, query: str = WHOLE, **variables: Any) -> dict[str, Any]:
    return await binding.told(api, query, **{"slug": "essays"} | variables)


async def test_its_posts_and_those_below_are_bound_the_oldest_first(api: serving.API) -> None:
    essays = await factories.make_category(api.app.database, description="What we think.")
    letters = await factories.make_category(api.app.database, "Letters", essays)
    await make_posts(api, letters, "Second", "Fourth")
    first = DAY - timedelta(days=1)
    for title, date in (("First", first), ("Third", DAY + timedelta(hours=1))):
        await factories.make_post(api.app.database, title, categories=[essays], published_at=date)
    await factories.make_post(api.app.database, "Elsewhere")
    await factories.make_post(api.app.database, "Draft", publish=False, categories=[essays])
    later = datetime.now(UTC) + timedelta(days=1)
    await factories.make_post(api.app.database, "Coming", categories=[essays], published_at=later)
    told = await book(api)
    assert (told["status"], told["warnings"]) == ("READY", [])
    made = await binding.fetched(api, told["url"])
    assert made.titles == ["First", "Second", "Third", "Fourth"]
    assert "Essays What we think. December 31, 2019 – January 2, 2020 4 articles" in made.opening
    assert "/category/essays" in made.opening


async def test_it_is_had_as_pdf(api: serving.API) -> None:
    await make_posts(api, await factories.make_category(api.app.database), "One", "Two")
    told = await book(api, format="PDF")
    assert told["status"] == "READY"
    assert (await api.http.get(told["url"])).content.startswith(b"%PDF-")


async def test_an_empty_category_has_no_book(api: serving.API) -> None:
    await factories.make_category(api.app.database)
    told = await book(api)
    assert told["status"] == "FAILED"
    assert told["warnings"] == ["There is no article in it that readers can see."]


async def test_only_the_newest_hundred_are_in_it(api: serving.API) -> None:
    essays = await factories.make_category(api.app.database)
    await make_posts(api, essays, *(f"Number {place}" for place in range(101)))
    told = await book(api)
    assert told["warnings"] == ["Only the newest 100 articles of the category are in this book."]
    titles = (await binding.fetched(api, told["url"])).titles
    assert titles == [f"Number {place}" for place in range(1, 101)]


async def test_what_is_in_it_moves_it_and_nothing_else_does(api: serving.API) -> None:
    essays = await factories.make_category(api.app.database)
    one, two = await make_posts(api, essays, "One", "Two")
    other = await factories.make_post(api.app.database, "Other")
    database = api.app.database

    async def urls() -> tuple[str, str]:
        plain, full = [await book(api, WHERE, comments=comments) for comments in (False, True)]
        return plain["url"], full["url"]

    seen = [await urls()]
    await factories.make_comment(database, other)
    assert await urls() == seen[-1]
    await factories.make_comment(database, two)
    seen.append(await urls())
    assert seen[-1][0] == seen[-2][0]
    assert seen[-1][1] != seen[-2][1]
    async with unit_of_work(database) as session:
        edit = UpdatePost(id=one.id, version=one.version, title="Another")
        one = (await posts.update(session, factories.EDITOR, edit)) and one
    seen.append(await urls())
    async with unit_of_work(database) as session:
        rename = UpdateCategory(id=essays.id, version=essays.version, name="Renamed")
        await categories.update(session, factories.EDITOR, rename)
    seen.append(await urls())
    async with unit_of_work(database) as session:
        action = publication.PostAction(id=two.id, version=two.version)
        await publication.unpublish(session, factories.EDITOR, action)
    seen.append(await urls())
    assert len({plain for plain, _ in seen[1:]}) == 4
    former = await api.http.get(seen[0][0])
    assert str(former.next_request and former.next_request.url) == seen[-1][0]
    assert (await binding.fetched(api, seen[-1][0])).titles == ["Another"]


async def test_where_books_are_takes_no_statement_of_its_own(api: serving.API) -> None:
    for name in ("One", "Two", "Three"):
        await make_posts(api, await factories.make_category(api.app.database, name), name)
    await api.data("{categories {nodes {rendition(format: EPUB) {url}}}}")
    assert len(api.statements) <= 2
