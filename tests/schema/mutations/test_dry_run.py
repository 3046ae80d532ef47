"""`dryRun` through HTTP: what a mutation would answer, without its being done."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import factories
import pytest
from graphql import get_named_type, print_type
from operations.content import Time
from serving import API
from sqlalchemy import select, text
from writing import DRAFTS, WRITE, Desk

from pressroom.cms.actors import Role
from pressroom.cms.content import Base
from pressroom.cms.store import clock
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import reading_session
from pressroom.schema.build import build_schema, executable

pytestmark = pytest.mark.anyio

Case = tuple[str, Mapping[str, Any]]
INDEXES = {"sqlite": "SELECT rowid, title, text FROM post_search",
           "postgresql": "SELECT CAST(post_search AS text) FROM post_search"}  # fmt: skip


@dataclass
class Rehearsals:
    """A desk, and all that is stored where it stands."""

    desk: Desk

    async def everything(self) -> dict[str, list[Any]]:
        """Give all rows of all tables, and of the full-text index."""
        database = self.desk.api.app.database
        async with reading_session(database) as session:
            found = {
                table.name: sorted(map(str, await session.execute(select(table))))
                for table in Base.metadata.sorted_tables
            }
            index = await session.execute(text(INDEXES[database.dialect_name]))
            return found | {"post_search": sorted(map(str, index))}

    async def rehearse(self, mutation: str, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Send a dry run, which may store nothing."""
        before = await self.everything()
        payload = await self.desk.write(mutation, {**sent, "dryRun": True})
        assert await self.everything() == before
        return payload

    async def both(self, mutation: str, sent: Mapping[str, Any]) -> dict[str, Any]:
        """Send a dry run, then the same in earnest; they answer the same."""
        rehearsed = await self.rehearse(mutation, sent)
        payload = await self.desk.write(mutation, sent)
        assert _without_new_ids(mutation, rehearsed) == _without_new_ids(mutation, payload)
        return payload


@pytest.fixture
async def rehearsals(api: API) -> AsyncIterator[Rehearsals]:
    desk = Desk(api)
    time = Time(clock.now())
    with clock.told_by(time):
        # The first use of a token is written down; the rest of a minute's are not.
        await desk.read("{ viewer { role } }", Role.EDITOR)
        yield Rehearsals(desk)


async def test_the_life_of_a_post(rehearsals: Rehearsals) -> None:
    database = rehearsals.desk.api.app.database
    category = await factories.make_category(database, "Kitchen")
    author = await factories.make_author(database, "Ada")
    filed = {
        "categoryIds": [encode_id("Category", category.id)],
        "authorIds": [encode_id("Author", author.id)],
    }
    created = {**WRITE, **filed, "tags": ["Rye", "Wheat"], "publish": True}
    post = (await rehearsals.both("create_post", created))["post"]
    words = {"title": "Rye", "slug": "rye", "body": {"markdown": "Sour."}, "tags": ["Barley"]}
    steps: Sequence[Case] = (
        ("update_post", {**words, "categoryIds": []}),
        ("revert_post", {"toVersion": 1}),
        ("unpublish_post", {}),
        ("publish_post", {"at": "2100-01-01T00:00:00Z"}),
        ("archive_post", {}),
        ("trash_post", {}),
        ("restore_post", {}),
        ("trash_post", {}),
        ("delete_post", {}),
    )
    for mutation, sent in steps:
        known = {"id": post["id"], "version": post["version"]}
        post = (await rehearsals.both(mutation, {**known, **sent})).get("post")


async def test_the_tree_of_categories(rehearsals: Rehearsals) -> None:
    home = (await rehearsals.both("create_category", {"name": "Home"}))["category"]
    bread = {"name": "Bread", "parentId": home["id"]}
    bread = (await rehearsals.both("create_category", bread))["category"]
    await rehearsals.desk.create(categoryIds=[bread["id"]], publish=True)
    move = {"id": bread["id"], "version": 1, "name": "Loaves", "slug": "loaves", "parentId": None}
    moved = (await rehearsals.both("update_category", move))["category"]
    assert (moved["parent"], moved["postCount"]) == (None, 1)
    delete = {"id": bread["id"], "version": 2, "moveTo": home["id"]}
    assert await rehearsals.both("delete_category", delete)


async def test_faults_are_told(rehearsals: Rehearsals) -> None:
    desk = rehearsals.desk
    post = await desk.create(publish=True)
    await desk.post("update_post", post, title="Rye")
    stale = {"id": post["id"], "version": 1, "title": "Barley"}
    payload = await rehearsals.both("update_post", stale)
    assert [error["path"] for error in payload["userErrors"]] == [["version"], ["title"]]
    assert payload["post"]["title"] == "Rye"
    cases: Sequence[Case] = (
        ("restore_post", {"id": post["id"], "version": 2}),
        ("delete_post", {"id": post["id"], "version": 2}),
        ("publish_post", {"id": "x", "version": 2}),
        ("create_post", {**WRITE, "slug": post["slug"]}),
        ("create_category", {"name": ""}),
        ("update_category", {"id": "x", "version": 1}),
        ("delete_category", {"id": "x", "version": 1}),
    )
    for mutation, sent in cases:
        assert (await rehearsals.both(mutation, sent))["userErrors"]


async def test_an_idempotency_key_stays_unused(rehearsals: Rehearsals) -> None:
    sent = {**WRITE, "idempotencyKey": "once"}
    first = (await rehearsals.both("create_post", sent))["post"]
    again = await rehearsals.rehearse("create_post", {**sent, "title": "Another"})
    assert again["userErrors"] == []
    assert (await rehearsals.desk.done("create_post", sent))["post"] == first


async def test_each_root_field_stands_by_itself(rehearsals: Rehearsals) -> None:
    answer = await rehearsals.desk.api.data(
        """mutation {
          first: createCategory(input: {name: "Bread", dryRun: true}) { category { slug } }
          second: createCategory(input: {name: "Bread"}) { category { slug } }
          third: createCategory(input: {name: "Bread", dryRun: true}) { category { slug } }
        }""",
        token=await rehearsals.desk.token(Role.EDITOR),
    )
    slugs = [payload["category"]["slug"] for payload in answer.values()]
    assert slugs == ["bread", "bread", "bread-2"]


async def test_everything_below_is_read_as_it_would_be(rehearsals: Rehearsals) -> None:
    desk = rehearsals.desk
    category = await factories.make_category(desk.api.app.database, "Kitchen")
    post = await desk.create(publish=True, categoryIds=[encode_id("Category", category.id)])
    answer = await desk.api.http.post(
        "/graphql",
        json={
            "query": """mutation($id: ID!) {
              updatePost(input: {id: $id, version: 1, title: "Rye", dryRun: true}) {
                post {
                  title
                  revisions(first: 1) { totalCount nodes { version title } }
                  categories { posts { totalCount nodes { title } } }
                  comments(first: 1) { totalCount }
                  rendition(format: TEXT) { status url }
                }
              }
            }""",
            "variables": {"id": post["id"]},
        },
        headers={"Authorization": f"Bearer {await desk.token(Role.EDITOR)}", **DRAFTS},
    )
    seen = answer.json()["data"]["updatePost"]["post"]
    assert seen["title"] == "Rye"
    assert seen["revisions"] == {"totalCount": 2, "nodes": [{"version": 2, "title": "Rye"}]}
    assert seen["categories"] == [{"posts": {"totalCount": 1, "nodes": [{"title": "Rye"}]}}]
    assert seen["rendition"]["status"] == "READY"


async def test_rights_are_needed_all_the_same(rehearsals: Rehearsals) -> None:
    desk = rehearsals.desk
    post = await desk.create(publish=True)
    ada = await factories.make_author(desk.api.app.database, "Ada")
    sent = {"id": post["id"], "version": 1, "dryRun": True}
    for mutation in ("update_post", "trash_post"):
        answer = await desk.send(mutation, sent, Role.CONTRIBUTOR, ada)
        assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]


def test_every_mutation_of_posts_and_categories_can_be_rehearsed() -> None:
    mutations = executable(build_schema()).mutation_type
    assert mutations is not None
    for name, mutation in mutations.fields.items():
        if name.endswith(("Post", "Category", "Categories")):
            offered = print_type(get_named_type(mutation.args["input"].type))
            assert "dryRun: Boolean = false" in offered, name


def _without_new_ids(mutation: str, payload: Any) -> Any:
    """Leave out the ids of what is new: a sequence gives no number twice."""
    if not mutation.startswith("create") or not isinstance(payload, dict):
        return payload
    return {key: _without_new_ids(mutation, value) for key, value in payload.items() if key != "id"}
