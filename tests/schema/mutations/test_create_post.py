"""`createPost` through HTTP."""

import asyncio
from datetime import timedelta
from typing import Any

import factories
import pytest
from serving import API
from writing import WRITE, Desk

from pressroom.cms.actors import Role
from pressroom.cms.store import clock
from pressroom.cms.store.keys import encode_id

pytestmark = pytest.mark.anyio

PUBLIC = "query($slug: String!) { post(by: {slug: $slug}) { title } }"


@pytest.fixture
def desk(api: API) -> Desk:
    return Desk(api)


async def test_a_draft(desk: Desk) -> None:
    post = await desk.create()
    assert post["status"] == "DRAFT"
    assert (post["slug"], post["version"], post["publishedAt"]) == ("bread", 1, None)
    assert post["body"] == {"markdown": "Some *flour*.", "html": "<p>Some <em>flour</em>.</p>\n"}
    assert (post["excerpt"], post["sticky"], post["commentsOpen"]) == ("Some flour.", False, True)
    assert (await desk.read(PUBLIC, slug="bread"))["post"] is None
    assert await desk.journal() == [("create", "CREATED", False)]


async def test_everything_that_can_be_said(desk: Desk) -> None:
    database = desk.api.app.database
    ada, emile = [await factories.make_author(database, name) for name in ("Ada", "Emile")]
    category = await factories.make_category(database, "Kitchen")
    post = await desk.create(
        body={"html": "<p>Some <b onclick='x()'>flour</b>.</p>"},
        slug="my-bread",
        excerpt="How to bake.",
        authorIds=[encode_id("Author", emile.id), encode_id("Author", ada.id)],
        categoryIds=[encode_id("Category", category.id)],
        tags=["Rye", "Wheat"],
        sticky=True,
        commentsOpen=False,
        publish=True,
    )
    assert (post["slug"], post["excerpt"], post["status"]) == (
        "my-bread",
        "How to bake.",
        "PUBLISHED",
    )
    assert [author["name"] for author in post["authors"]] == ["Emile", "Ada"]
    assert [category["name"] for category in post["categories"]] == ["Kitchen"]
    assert [tag["name"] for tag in post["tags"]] == ["Rye", "Wheat"]
    assert (post["sticky"], post["commentsOpen"]) == (True, False)
    assert post["body"]["markdown"] == "Some **flour**.\n"
    assert post["publishedAt"] == post["updatedAt"] == post["createdAt"]
    assert (await desk.read(PUBLIC, slug="my-bread"))["post"] == {"title": "Bread"}


async def test_null_counts_as_left_out(desk: Desk) -> None:
    names = ("slug", "excerpt", "authorIds", "categoryIds", "tags", "sticky", "commentsOpen",
             "publishedAt", "publish", "idempotencyKey")  # fmt: skip
    post = await desk.create(**dict.fromkeys(names))
    assert (post["slug"], post["status"], post["commentsOpen"]) == ("bread", "DRAFT", True)


async def test_dates(desk: Desk) -> None:
    past = (clock.now() - timedelta(days=30)).isoformat()
    future = (clock.now() + timedelta(days=30)).isoformat()
    kept = await desk.create(publishedAt=future)
    assert (kept["status"], kept["publishedAt"]) == ("DRAFT", _utc(future))
    backdated = await desk.create(publishedAt=past, publish=True)
    assert backdated["status"] == "PUBLISHED"
    assert backdated["publishedAt"] == backdated["updatedAt"] == _utc(past)
    scheduled = await desk.create(publishedAt=future, publish=True)
    assert scheduled["status"] == "SCHEDULED"
    assert (await desk.read(PUBLIC, slug=scheduled["slug"]))["post"] is None


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"title": " "}, ("REQUIRED", ["title"])),
        ({"title": "x" * 301}, ("TOO_LONG", ["title"])),
        ({"title": "a\nb"}, ("INVALID", ["title"])),
        ({"body": {"html": "a\0b"}}, ("INVALID", ["body", "html"])),
        ({"slug": "a b"}, ("INVALID", ["slug"])),
        ({"slug": "taken"}, ("TAKEN", ["slug"])),
        ({"excerpt": "x" * 1_001}, ("TOO_LONG", ["excerpt"])),
        ({"authorIds": ["nobody"]}, ("NOT_FOUND", ["authorIds", "0"])),
        ({"categoryIds": [encode_id("Author", 1)]}, ("NOT_FOUND", ["categoryIds", "0"])),
        ({"categoryIds": ["x"] * 51}, ("TOO_MANY", ["categoryIds"])),
        ({"tags": ["a", " "]}, ("REQUIRED", ["tags", "1"])),
        ({"idempotencyKey": "x" * 201}, ("TOO_LONG", ["idempotencyKey"])),
    ],
)
async def test_faults(desk: Desk, sent: dict[str, Any], fault: Any) -> None:
    await factories.make_post(desk.api.app.database, "Taken", slug="taken")
    assert fault in await desk.faults("create_post", {**WRITE, **sent})


async def test_all_faults_are_told_at_once(desk: Desk) -> None:
    sent = {**WRITE, "title": "", "slug": "/", "tags": [""]}
    faults = await desk.faults("create_post", sent)
    assert [path for _, path in faults] == [["title"], ["tags", "0"], ["slug"]]


@pytest.mark.parametrize("body", [{}, {"markdown": "a", "html": "b"}, {"markdown": None}])
async def test_a_body_is_one_thing(desk: Desk, body: Any) -> None:
    answer = await desk.send("create_post", {**WRITE, "body": body})
    assert answer["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


async def test_a_contributor_signs_alone(desk: Desk) -> None:
    database = desk.api.app.database
    ada, emile = [await factories.make_author(database, name) for name in ("Ada", "Emile")]
    payload = await desk.done("create_post", WRITE, role=Role.CONTRIBUTOR, author=ada)
    assert payload["post"]["authors"] == [{"name": "Ada"}]
    await desk.token(Role.CONTRIBUTOR)
    before = await desk.stored()
    both = [encode_id("Author", ada.id), encode_id("Author", emile.id)]
    for author, sent in [
        (ada, {"publish": True}),
        (ada, {"authorIds": both}),
        (ada, {"authorIds": both[1:]}),
        (None, {}),
    ]:
        answer = await desk.send("create_post", {**WRITE, **sent}, Role.CONTRIBUTOR, author)
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"
        assert answer["data"] is None
    assert await desk.stored() == before


async def test_fifty_at_once_with_one_key_have_one_effect(desk: Desk) -> None:
    sent = {**WRITE, "idempotencyKey": "once"}
    await desk.token(Role.EDITOR)
    payloads = await asyncio.gather(*(desk.done("create_post", sent) for _ in range(50)))
    assert all(payload == payloads[0] for payload in payloads)
    assert payloads[0]["post"]["title"] == "Bread"
    stored = await desk.stored()
    assert (stored["posts"], stored["revisions"], stored["journal"]) == (1, 1, 2)


async def test_a_key_is_good_for_one_input(desk: Desk) -> None:
    await desk.create(idempotencyKey="key")
    sent = {**WRITE, "title": "Another", "idempotencyKey": "key"}
    assert await desk.faults("create_post", sent) == [("CONFLICT", ["idempotencyKey"])]
    other = await desk.done("create_post", sent, role=Role.ADMIN)
    assert other["post"]["title"] == "Another"


def _utc(instant: str) -> str:
    return instant.replace("+00:00", "Z")
