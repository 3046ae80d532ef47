"""Books at their addresses."""

import binding
import factories
import pytest
import serving
from services.statements import counted

from pressroom.cms.content import Post
from pressroom.cms.store.keys import encode_id

pytestmark = pytest.mark.anyio

EPUB = "application/epub+zip"


async def make_posts(api: serving.API, count: int = 2) -> list[Post]:
    category = await factories.make_category(api.app.database)
    author = await factories.make_author(api.app.database)
    return [
        await factories.make_post(
            api.app.database, f"Number {place}", categories=[category], authors=[author]
        )
        for place in range(count)
    ]


async def category_url(api: serving.API) -> str:
    query = '{category(by: {slug: "essays"}) {book: rendition(format: EPUB) {status url}}}'
    return str((await binding.told(api, query))["url"])


async def anthology_url(api: serving.API, posts: list[Post], more: str = "") -> str:
    ids = ", ".join(f'"{encode_id("Post", post.id)}"' for post in posts)
    query = f"{{anthology(postIds: [{ids}], format: EPUB{more}) {{status url}}}}"
    return str((await binding.told(api, query))["url"])


async def test_books_are_kept_for_good(api: serving.API) -> None:
    posts = await make_posts(api)
    site = (await api.data("{site {url}}"))["site"]["url"]
    for url, canonical in (
        (await category_url(api), f"{site}/category/essays"),
        (await anthology_url(api, posts), site),
    ):
        response = await api.http.get(url)
        assert response.status_code == 200
        assert response.headers["content-type"] == EPUB
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.headers["link"] == f'<{canonical}>; rel="canonical"'
        assert (await api.http.get(url)).content == response.content
        again = await api.http.get(url, headers={"If-None-Match": response.headers["etag"]})
        assert again.status_code == 304


async def test_addresses_name_what_is_in_them(api: serving.API) -> None:
    posts = await make_posts(api)
    assert (await category_url(api)).endswith("/1-essays.epub")
    options = ', title: "Für Jean", options: {links: NONE}'
    url = await anthology_url(api, posts[::-1], options)
    assert url.endswith("/anthology.epub?posts=2.1&title=F%C3%BCr+Jean&links=none")
    assert (await binding.fetched(api, url)).opening.startswith("Für Jean")


async def test_another_way_to_write_it_leads_to_the_one_address(api: serving.API) -> None:
    posts = await make_posts(api)
    for url, other in (
        (await category_url(api), "/renditions/categories/x/1-former.epub?utm_source=x"),
        (
            await anthology_url(api, posts),
            "/renditions/anthologies/x/anthology.epub?title=+&links=endnotes&posts=1.2",
        ),
    ):
        response = await api.http.get(other, follow_redirects=True)
        assert (response.status_code, str(response.url)) == (200, url)


@pytest.mark.parametrize(
    ("path", "status", "message"),
    [
        ("categories/x/1-essays.exe", 404, "There is no rendition format .exe"),
        ("categories/x/999-essays.epub", 404, "There is no such category"),
        ("categories/x/essays.epub", 404, "There is no such rendition"),
        ("anthologies/x/other.epub?posts=1", 404, "There is no such rendition"),
        ("anthologies/x/anthology.exe?posts=1", 404, "There is no rendition format .exe"),
        (
            "anthologies/x/anthology.epub?posts=999",
            404,
            "None of these posts is there for readers to see",
        ),
        (
            "anthologies/x/anthology.epub",
            400,
            "posts: numbers are expected, with full stops between them",
        ),
        (
            "anthologies/x/anthology.epub?posts=1.-2",
            400,
            "posts: numbers are expected, with full stops between them",
        ),
        ("anthologies/x/anthology.epub?posts=1.1", 400, "posts: a post is named twice"),
        (
            f"anthologies/x/anthology.epub?posts={'.'.join(map(str, range(1, 102)))}",
            400,
            "posts: there are more than 100 posts",
        ),
        (
            f"anthologies/x/anthology.epub?posts=1&title={'x' * 201}",
            400,
            "title: there are more than 200 characters",
        ),
        (
            "anthologies/x/anthology.epub?posts=1&images=big",
            400,
            "images: one of all, descriptions, none is expected",
        ),
    ],
)
async def test_what_is_not_there(api: serving.API, path: str, status: int, message: str) -> None:
    response = await api.http.get(f"/renditions/{path}")
    assert (response.status_code, response.text) == (status, f"{message}\n")
    assert response.headers["cache-control"] == "no-store"


async def test_many_articles_take_as_many_statements_as_few(api: serving.API) -> None:
    posts = await make_posts(api, 100)
    for post in posts[::10]:
        await factories.make_comment(api.app.database, post)
    taken = []
    for chosen in (posts[:1], posts[:2], posts):
        url = await anthology_url(api, chosen, ", options: {comments: true}")
        with counted(api.app.database) as statements:
            assert len((await binding.fetched(api, url)).titles) == len(chosen)
        taken.append(len(statements))
    # A new connection asks something of its own. Then: where it is, the same again when its turn
    # has come, how long it is, and its four kinds of parts; PostgreSQL is told the isolation.
    assert taken[1] == taken[2] <= 8
