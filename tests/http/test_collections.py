"""Books at their addresses."""

from collections.abc import AsyncIterator
from io import BytesIO
from zipfile import ZipFile

import binding
import factories
import pytest
from PIL import Image
from services.statements import counted_reading
from serving import API
from uploading import upload
from writing import Desk

from pressroom.cms.content import Post
from pressroom.cms.settings import Settings
from pressroom.cms.store.keys import encode_id

pytestmark = pytest.mark.anyio

EPUB = "application/epub+zip"


@pytest.fixture
async def api(settings: Settings) -> AsyncIterator[API]:
    async with binding.patient(settings) as api:
        yield api


async def make_posts(api: API, count: int = 2) -> list[Post]:
    category = await factories.make_category(api.app.database)
    author = await factories.make_author(api.app.database)
    return [
        await factories.make_post(
            api.app.database, f"Number {place}", categories=[category], authors=[author]
        )
        for place in range(count)
    ]


async def category_url(api: API) -> str:
    query = '{category(by: {slug: "essays"}) {book: rendition(format: EPUB) {status url}}}'
    return str((await binding.told(api, query))["url"])


async def anthology_url(api: API, posts: list[Post], more: str = "") -> str:
    ids = ", ".join(f'"{encode_id("Post", post.id)}"' for post in posts)
    query = f"{{anthology(postIds: [{ids}], format: EPUB{more}) {{status url}}}}"
    return str((await binding.told(api, query))["url"])


async def test_books_are_kept_for_good(api: API) -> None:
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


async def test_addresses_name_what_is_in_them(api: API) -> None:
    posts = await make_posts(api)
    assert (await category_url(api)).endswith("/1-essays.epub")
    options = ', title: "Für Jean", options: {links: NONE}'
    url = await anthology_url(api, posts[::-1], options)
    assert url.endswith("/anthology.epub?posts=2.1&title=F%C3%BCr+Jean&links=none")
    assert (await binding.fetched(api, url)).opening.startswith("Für Jean")


async def test_another_way_to_write_it_leads_to_the_one_address(api: API) -> None:
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


async def test_our_own_pictures_are_enclosed_and_no_others(api: API) -> None:
    image = await upload(Desk(api), alt="A square")
    shown = f"![A square]({image['url']})\n\n![A dog](https://example.org/dog.png)"
    post = await factories.make_post(api.app.database, source=shown)
    response = await api.http.get(await anthology_url(api, [post]))
    with ZipFile(BytesIO(response.content)) as container:
        (picture,) = (name for name in container.namelist() if name.startswith("EPUB/images/"))
        article = container.read("EPUB/article-001.xhtml").decode()
        assert Image.open(BytesIO(container.read(picture))).size == (
            image["width"],
            image["height"],
        )
    assert f'<img src="{picture.removeprefix("EPUB/")}" alt="A square"' in article
    assert article.count("<img") == 1
    assert "[Image: A dog" in article


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
async def test_what_is_not_there(api: API, path: str, status: int, message: str) -> None:
    response = await api.http.get(f"/renditions/{path}")
    assert (response.status_code, response.text) == (status, f"{message}\n")
    assert response.headers["cache-control"] == "no-store"


async def test_many_articles_take_as_many_statements_as_few(api: API) -> None:
    posts = await make_posts(api, 30)
    for post in posts[::10]:
        await factories.make_comment(api.app.database, post)
    taken = []
    for chosen in (posts[:2], posts):
        url = await anthology_url(api, chosen, ", options: {comments: true}")
        with counted_reading(api.app.database) as statements:
            assert len((await binding.fetched(api, url)).titles) == len(chosen)
        # What the application does by itself meanwhile asks for no posts by their keys.
        taken.append(sum(" IN (" in said for said in statements))
    # Where it is, the same again when its turn has come, how long it is, and its kinds of parts.
    assert taken == [7, 7]
