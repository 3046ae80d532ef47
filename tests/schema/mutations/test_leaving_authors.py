"""`mergeAuthors` and `deleteAuthor` through HTTP."""

from typing import Any

import factories
import pytest
from serving import API
from uploading import upload
from writing import WRITE, Desk

from pressroom.cms.actors import Role
from pressroom.cms.content import Author
from pressroom.cms.services.check import check
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import reading_session

pytestmark = pytest.mark.anyio

BYLINES = "{ posts(orderBy: TITLE_ASC) { nodes { title authors { name postCount } } } }"
PATH = "query($path: String!) { resolvePath(path: $path) { __typename ...on Redirect { to } } }"


async def write(api: API) -> dict[str, Author]:
    """Make three authors, and posts of one, of two and of all of them."""
    database = api.app.database
    names = ("Ada", "Augusta", "Emile")
    ada, augusta, emile = [await factories.make_author(database, name) for name in names]
    await factories.make_post(database, "A", authors=[augusta])
    await factories.make_post(database, "B", authors=[augusta, emile, ada])
    await factories.make_post(database, "C", authors=[emile, augusta], publish=False)
    await factories.make_post(database, "D", authors=[ada])
    return {"ada": ada, "augusta": augusta, "emile": emile}


def id_of(author: Author) -> str:
    return encode_id("Author", author.id)


async def bylines(desk: Desk) -> dict[str, list[tuple[str, int]]]:
    return {
        post["title"]: [(author["name"], author["postCount"]) for author in post["authors"]]
        for post in (await desk.read(BYLINES))["posts"]["nodes"]
    }


async def check_sound(api: API) -> None:
    async with reading_session(api.app.database) as session:
        assert await check(session) == []


async def test_two_names_of_one_person_become_one(api: API) -> None:
    desk, authors = Desk(api), await write(api)
    sent = {"id": id_of(authors["augusta"]), "into": id_of(authors["ada"])}
    author = (await desk.done("merge_authors", sent))["author"]
    assert (author["name"], author["postCount"]) == ("Ada", 3)
    assert author["posts"]["totalCount"] == 4
    assert await bylines(desk) == {
        "A": [("Ada", 3)],
        "B": [("Ada", 3), ("Emile", 1)],
        "D": [("Ada", 3)],
    }
    await check_sound(api)
    assert (await desk.journal("Author"))[3:] == [
        ("merge", "UPDATED", True),
        ("merge", "DELETED", True),
    ]


async def test_whoever_wrote_as_one_writes_as_the_other(api: API) -> None:
    desk, authors = Desk(api), await write(api)
    await desk.token(Role.CONTRIBUTOR, authors["augusta"])
    sent = {"id": id_of(authors["augusta"]), "into": id_of(authors["ada"])}
    await desk.done("merge_authors", sent)
    draft = await desk.done("create_post", WRITE, role=Role.CONTRIBUTOR, author=authors["augusta"])
    assert draft["post"]["authors"] == [{"name": "Ada"}]


@pytest.mark.parametrize(
    ("mutation", "path"), [("merge_authors", "into"), ("delete_author", "moveTo")]
)
async def test_images_go_along_with_the_posts(api: API, mutation: str, path: str) -> None:
    desk, authors = Desk(api), await write(api)
    image = await upload(desk, role=Role.CONTRIBUTOR, author=authors["augusta"])
    who = {"role": Role.CONTRIBUTOR, "author": authors["ada"]}
    described = {"id": image["id"], "alt": "A loaf"}
    assert await desk.faults("update_image", described, **who) == [("NOT_FOUND", ["id"])]
    await desk.done(mutation, {"id": id_of(authors["augusta"]), path: id_of(authors["ada"])})
    assert (await desk.done("update_image", described, **who))["image"]["alt"] == "A loaf"


async def test_old_addresses_lead_on_until_they_lead_nowhere(api: API) -> None:
    desk, authors = Desk(api), await write(api)

    async def leads_to(slug: str) -> Any:
        return (await desk.read(PATH, path=f"/author/{slug}"))["resolvePath"]

    for slug in ("countess", "lovelace"):
        await desk.done("update_author", {"id": id_of(authors["augusta"]), "slug": slug})
    for slug in ("augusta", "countess"):
        assert (await leads_to(slug))["to"].endswith("/author/lovelace")
    sent = {"id": id_of(authors["augusta"]), "into": id_of(authors["ada"])}
    await desk.done("merge_authors", sent)
    for slug in ("augusta", "countess", "lovelace"):
        assert (await leads_to(slug))["to"].endswith("/author/ada")
    await desk.done("delete_author", {"id": id_of(authors["ada"])})
    for slug in ("augusta", "countess", "lovelace", "ada"):
        assert await leads_to(slug) == {"__typename": "Gone"}


async def test_posts_do_without_who_is_deleted(api: API) -> None:
    desk, authors = Desk(api), await write(api)
    sent = {"id": id_of(authors["augusta"])}
    assert await desk.done("delete_author", sent) == {"deletedId": sent["id"], "userErrors": []}
    assert await bylines(desk) == {"A": [], "B": [("Emile", 1), ("Ada", 2)], "D": [("Ada", 2)]}
    await check_sound(api)


async def test_posts_bear_the_name_of_an_heir(api: API) -> None:
    desk, authors = Desk(api), await write(api)
    sent = {"id": id_of(authors["augusta"]), "moveTo": id_of(authors["emile"])}
    await desk.done("delete_author", sent)
    assert await bylines(desk) == {
        "A": [("Emile", 2)],
        "B": [("Emile", 2), ("Ada", 2)],
        "D": [("Ada", 2)],
    }
    assert (await desk.read(PATH, path="/author/augusta"))["resolvePath"]["__typename"] == "Gone"
    await check_sound(api)


async def test_renditions_have_another_address(api: API) -> None:
    query = '{ post(by: {slug: "b"}) { rendition(format: TEXT) { url } } }'
    desk, authors = Desk(api), await write(api)
    seen = [(await desk.read(query))["post"]["rendition"]["url"]]
    for mutation, sent in (
        ("merge_authors", {"id": id_of(authors["augusta"]), "into": id_of(authors["ada"])}),
        ("delete_author", {"id": id_of(authors["emile"])}),
    ):
        await desk.done(mutation, sent)
        seen.append((await desk.read(query))["post"]["rendition"]["url"])
    assert len(set(seen)) == 3


async def test_faults(api: API) -> None:
    desk, authors = Desk(api), await write(api)
    ada = id_of(authors["ada"])
    cases: list[tuple[str, dict[str, Any], tuple[str, list[str]]]] = [
        ("merge_authors", {"id": "x", "into": ada}, ("NOT_FOUND", ["id"])),
        ("merge_authors", {"id": ada, "into": "x"}, ("NOT_FOUND", ["into"])),
        ("merge_authors", {"id": ada, "into": ada}, ("INVALID", ["into"])),
        ("delete_author", {"id": "x"}, ("NOT_FOUND", ["id"])),
        ("delete_author", {"id": ada, "moveTo": "x"}, ("NOT_FOUND", ["moveTo"])),
        ("delete_author", {"id": ada, "moveTo": ada}, ("INVALID", ["moveTo"])),
    ]
    for mutation, sent, fault in cases:
        assert await desk.faults(mutation, sent) == [fault]
