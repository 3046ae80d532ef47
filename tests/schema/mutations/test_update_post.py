"""`updatePost` through HTTP."""

import asyncio
from datetime import timedelta
from typing import Any

import factories
import pytest
from operations.content import Time
from serving import API
from writing import WRITE, Desk

from pressroom.cms.actors import Role
from pressroom.cms.store import clock
from pressroom.cms.store.keys import encode_id

pytestmark = pytest.mark.anyio

STORED = """
query($id: ID!) {
  node(id: $id) { ...on Post { title version revisions(first: 100) { nodes { version } } } }
}
"""
RESOLVE = "query($path: String!) { resolvePath(path: $path) { __typename ...on Redirect { to } } }"


@pytest.fixture
def desk(api: API) -> Desk:
    return Desk(api)


async def test_what_is_left_out_stays(desk: Desk) -> None:
    said = {"excerpt": "In short.", "tags": ["Rye"], "sticky": True, "commentsOpen": False}
    post = await desk.create(**said, publish=True)
    changed = await desk.post("update_post", post, title="Rye bread")
    same = {"title", "version", "updatedAt"}
    assert changed["title"] == "Rye bread"
    assert changed["version"] == 2
    assert changed["updatedAt"] > post["updatedAt"]
    assert {name: changed[name] for name in changed.keys() - same} == {
        name: post[name] for name in post.keys() - same
    }


async def test_everything_can_be_changed(desk: Desk) -> None:
    database = desk.api.app.database
    author = await factories.make_author(database, "Ada")
    category = await factories.make_category(database, "Kitchen")
    post = await desk.post(
        "update_post",
        await desk.create(tags=["Wheat"]),
        title="Rye",
        body={"html": "<p>Sour.</p>"},
        slug="rye",
        excerpt="In short.",
        authorIds=[encode_id("Author", author.id)],
        categoryIds=[encode_id("Category", category.id)],
        tags=[],
        sticky=True,
        commentsOpen=False,
    )
    assert (post["title"], post["slug"], post["excerpt"]) == ("Rye", "rye", "In short.")
    assert post["body"] == {"markdown": "Sour.\n", "html": "<p>Sour.</p>"}
    assert (post["authors"], post["categories"]) == ([{"name": "Ada"}], [{"name": "Kitchen"}])
    assert (post["tags"], post["sticky"], post["commentsOpen"]) == ([], True, False)


async def test_null_removes_the_excerpt_and_the_date(desk: Desk) -> None:
    kept = "2030-01-01T00:00:00Z"
    post = await desk.create(excerpt="In short.", publishedAt=kept)
    assert post["publishedAt"] == kept
    changed = await desk.post("update_post", post, excerpt=None, publishedAt=None)
    assert (changed["excerpt"], changed["publishedAt"]) == ("Some flour.", None)
    ignored = dict.fromkeys(["title", "body", "slug", "tags", "authorIds", "sticky", "minor"])
    assert (await desk.post("update_post", changed, **ignored)) == changed


async def test_what_changes_nothing_is_not_stored(desk: Desk) -> None:
    post = await desk.create()
    before = await desk.stored()
    assert await desk.post("update_post", post, **WRITE) == post
    assert await desk.stored() == before


async def test_a_slip_mended_keeps_the_date(desk: Desk) -> None:
    post = await desk.create(publish=True)
    mended = await desk.post("update_post", post, title="Breads", minor=True)
    assert (mended["version"], mended["updatedAt"]) == (2, post["updatedAt"])


async def test_dates_of_a_published_post(desk: Desk) -> None:
    post = await desk.create(publish=True)
    past = "2020-01-01T00:00:00Z"
    backdated = await desk.post("update_post", post, publishedAt="2020-01-01T01:00:00+01:00")
    assert (backdated["status"], backdated["publishedAt"]) == ("PUBLISHED", past)
    assert backdated["updatedAt"] > past
    future = "2100-01-01T00:00:00Z"
    scheduled = await desk.post("update_post", backdated, publishedAt=future)
    assert (scheduled["status"], scheduled["updatedAt"]) == ("SCHEDULED", future)
    sent = {"id": post["id"], "version": scheduled["version"], "publishedAt": None}
    assert await desk.faults("update_post", sent) == [("REQUIRED", ["publishedAt"])]


async def test_an_edit_before_the_instant_is_no_later_than_it(desk: Desk) -> None:
    time = Time(clock.now())
    with clock.told_by(time):
        future = (time.now + timedelta(days=1)).isoformat().replace("+00:00", "Z")
        post = await desk.create(publish=True, publishedAt=future)
        edited = await desk.post("update_post", post, title="Edited")
        assert edited["updatedAt"] == future
        time.pass_by(days=2)
        read = "query($id: ID!) { post(by: {id: $id}) { status updatedAt } }"
        shown = (await desk.read(read, id=post["id"]))["post"]
        assert shown == {"status": "PUBLISHED", "updatedAt": future}


async def test_a_stale_version_is_a_conflict(desk: Desk) -> None:
    post = await desk.create(tags=["Rye"])
    current = await desk.post("update_post", post, title="Theirs", tags=["Rye", "Wheat"])
    sent = {"id": post["id"], "version": 1, "title": "Mine", "sticky": True}
    before = await desk.stored()
    payload = await desk.write("update_post", sent)
    assert await desk.stored() == before
    assert payload["post"] == current
    assert {(error["code"], *error["path"]) for error in payload["userErrors"]} == {
        ("CONFLICT", "version"),
        ("CONFLICT", "title"),
        ("CONFLICT", "tags"),
    }


@pytest.mark.parametrize("version", [0, -1, 2, 2**31 - 1])
async def test_a_version_that_never_was_is_a_conflict(desk: Desk, version: int) -> None:
    post = await desk.create()
    sent = {"id": post["id"], "version": version, "title": "Mine"}
    assert ("CONFLICT", ["version"]) in await desk.faults("update_post", sent)


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"id": "nothing"}, ("NOT_FOUND", ["id"])),
        ({"id": encode_id("Category", 1)}, ("NOT_FOUND", ["id"])),
        ({"id": encode_id("Post", 2**63 - 1)}, ("NOT_FOUND", ["id"])),
        ({"title": ""}, ("REQUIRED", ["title"])),
        ({"slug": "taken"}, ("TAKEN", ["slug"])),
        ({"slug": "?"}, ("INVALID", ["slug"])),
        ({"tags": ["x" * 10_000]}, ("TOO_LONG", ["tags", "0"])),
        ({"authorIds": ["nobody"]}, ("NOT_FOUND", ["authorIds", "0"])),
        ({"body": {"markdown": "\0"}}, ("INVALID", ["body", "markdown"])),
    ],
)
async def test_faults(desk: Desk, sent: dict[str, Any], fault: Any) -> None:
    await factories.make_post(desk.api.app.database, slug="taken")
    post = await desk.create()
    given = {"id": post["id"], "version": post["version"], **sent}
    assert fault in await desk.faults("update_post", given)


async def test_an_old_address_leads_to_the_new_one(desk: Desk) -> None:
    post = await desk.create(publish=True)
    moved = await desk.post("update_post", post, slug="loaf")
    answer = await desk.read(RESOLVE, path="/bread")
    assert answer["resolvePath"]["__typename"] == "Redirect"
    assert answer["resolvePath"]["to"].endswith("/loaf")
    assert (await desk.read(RESOLVE, path="/loaf"))["resolvePath"] == {"__typename": "Post"}
    await desk.post("update_post", moved, slug="bread")
    assert (await desk.read(RESOLVE, path="/bread"))["resolvePath"] == {"__typename": "Post"}


async def test_a_contributor_edits_a_draft_of_their_own(desk: Desk) -> None:
    database = desk.api.app.database
    ada, emile = [await factories.make_author(database, name) for name in ("Ada", "Emile")]
    who: dict[str, Any] = {"role": Role.CONTRIBUTOR, "author": ada}
    post = (await desk.done("create_post", WRITE, **who))["post"]
    sent = {"id": post["id"], "version": 1, "title": "Rye"}
    changed = (await desk.done("update_post", sent, **who))["post"]
    assert changed["title"] == "Rye"
    both = [encode_id("Author", author.id) for author in (ada, emile)]
    answer = await desk.send("update_post", {**sent, "version": 2, "authorIds": both}, **who)
    assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    current = (await desk.write("update_post", sent, **who))["post"]
    assert current == changed


async def test_what_readers_saw_once_is_the_editors(desk: Desk) -> None:
    ada = await factories.make_author(desk.api.app.database, "Ada")
    post = await desk.create(authorIds=[encode_id("Author", ada.id)], publish=True)
    post = await desk.post("unpublish_post", post)
    sent = {"id": post["id"], "version": 2, "title": "Rye"}
    faults = await desk.faults("update_post", sent, role=Role.CONTRIBUTOR, author=ada)
    assert faults == [("NOT_FOUND", ["id"])]


async def test_no_words_of_twenty_editors_are_lost(desk: Desk) -> None:
    post = await desk.create(title="0")

    async def add(word: str) -> None:
        known = post
        while True:
            sent = {"id": known["id"], "version": known["version"]}
            payload = await desk.write("update_post", {**sent, "title": f"{known['title']} {word}"})
            known = payload["post"]
            if not payload["userErrors"]:
                return

    await desk.token(Role.EDITOR)
    words = [str(number) for number in range(1, 21)]
    await asyncio.gather(*map(add, words))
    await desk.post("publish_post", {"id": post["id"], "version": 21})
    shown = (await desk.read(STORED, Role.EDITOR, id=post["id"]))["node"]
    assert sorted(shown["title"].split(), key=int) == ["0", *words]
    assert shown["version"] == 22
    kept = [revision["version"] for revision in shown["revisions"]["nodes"]]
    assert kept == list(range(22, 0, -1))


async def test_the_same_key_changes_once(desk: Desk) -> None:
    post = await desk.create()
    sent = {"id": post["id"], "version": 1, "title": "Rye", "idempotencyKey": "key"}
    first = await desk.done("update_post", sent)
    assert await desk.done("update_post", sent) == first
    assert first["post"]["version"] == 2
