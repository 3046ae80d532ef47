"""Who may do what: role × mutation × ownership × status, through HTTP.

Posts are named by a version that never was, or shown until long ago: who has the right is told of
that, and nothing is stored, so that one set of posts serves all cases.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import factories
import pytest
from operations.library import MUTATIONS
from serving import API
from writing import WRITE, Desk, known

from pressroom.cms.actors import Role
from pressroom.cms.content import Author, Post
from pressroom.cms.services.posts import publication
from pressroom.cms.services.posts.publication import PostAction
from pressroom.cms.store.sessions import unit_of_work

pytestmark = pytest.mark.anyio

CALLERS = (None, *Role)
BELOW_EDITORS = (Role.CONTRIBUTOR, Role.MODERATOR)
NEVER = 2**31 - 1
LONG_AGO = "2001-01-01T00:00:00Z"
FUTURE = datetime(2100, 1, 1, tzinfo=UTC)

LEAST = {
    "moderate_comments": Role.MODERATOR,
    "create_post": Role.CONTRIBUTOR,
    "update_post": Role.CONTRIBUTOR,
    "revert_post": Role.CONTRIBUTOR,
    "publish_post": Role.EDITOR,
    "unpublish_post": Role.EDITOR,
    "archive_post": Role.EDITOR,
    "trash_post": Role.EDITOR,
    "restore_post": Role.EDITOR,
    "delete_post": Role.EDITOR,
    "create_category": Role.EDITOR,
    "update_category": Role.EDITOR,
    "delete_category": Role.EDITOR,
    "merge_categories": Role.EDITOR,
    "create_author": Role.EDITOR,
    "update_author": Role.EDITOR,
    "update_image": Role.CONTRIBUTOR,
    "delete_image": Role.EDITOR,
    "create_preview_token": Role.CONTRIBUTOR,
    "delete_author": Role.EDITOR,
    "merge_authors": Role.EDITOR,
    "create_tag": Role.EDITOR,
    "update_tag": Role.EDITOR,
    "delete_tag": Role.EDITOR,
    "merge_tags": Role.EDITOR,
    "create_access_token": Role.ADMIN,
    "revoke_access_token": Role.ADMIN,
}
BY_READERS = {"submit_comment", "edit_comment", "withdraw_comment"}
WITH_FILES = {"upload_image"}
"""Those that take a form: who may do so is tested where it is sent."""
ON_POSTS = ("update_post", "revert_post", "publish_post", "unpublish_post", "archive_post",
            "trash_post", "restore_post", "delete_post", "create_preview_token")  # fmt: skip
BY_WRITERS = {"update_post", "revert_post", "create_preview_token"}
REFUSED: Mapping[str, Mapping[str, Any]] = {
    "moderate_comments": {"ids": ["x"], "action": "APPROVE"},
    "create_post": {**WRITE, "slug": "/"},
    "revert_post": {"id": "x", "version": 1, "toVersion": 1},
    "create_category": {"name": ""},
    "create_author": {"name": ""},
    "update_author": {"id": "x"},
    "update_image": {"id": "x"},
    "delete_image": {"id": "x"},
    "create_preview_token": {"postId": "x"},
    "delete_author": {"id": "x"},
    "merge_authors": {"id": "x", "into": "y"},
    "merge_categories": {"id": "x", "version": 1, "into": "y"},
    "create_tag": {"name": ""},
    "update_tag": {"id": "x"},
    "delete_tag": {"id": "x"},
    "merge_tags": {"id": "x", "into": "y"},
    "create_access_token": {"name": "", "role": "ADMIN"},
    "revoke_access_token": {"id": "x"},
}
"""Inputs that nobody succeeds with; that of the others is a post or category there is not."""

STEPS = {
    "ARCHIVED": publication.archive,
    "TRASHED": publication.trash,
    "WITHDRAWN": publication.unpublish,
}


@pytest.fixture
def desk(api: API) -> Desk:
    return Desk(api)


def test_the_table_has_every_mutation() -> None:
    assert LEAST.keys() | BY_READERS | WITH_FILES == MUTATIONS.keys()


async def test_roles(desk: Desk) -> None:
    ada = await factories.make_author(desk.api.app.database, "Ada")
    for role in CALLERS:
        await desk.token(role, ada)
    before = await desk.stored()
    for mutation, least in LEAST.items():
        sent = REFUSED.get(mutation, {"id": "x", "version": 1})
        for role in CALLERS:
            answer = await desk.send(mutation, sent, role, ada)
            if role is not None and role.rank >= least.rank:
                assert "errors" not in answer, (mutation, role, answer)
                (payload,) = answer["data"].values()
                assert payload["userErrors"], (mutation, role)
            else:
                code = "UNAUTHENTICATED" if role is None else "FORBIDDEN"
                assert _codes(answer) == [code], (mutation, role, answer)
    assert await desk.stored() == before


async def test_ownership_and_status(desk: Desk) -> None:
    database = desk.api.app.database
    ada, emile = [await factories.make_author(database, name) for name in ("Ada", "Emile")]
    bylines = {"own": [ada], "shared": [ada, emile], "another's": [emile], "nobody's": []}
    cases = [
        (status, owner, await _post(desk, status, byline))
        for status in ("DRAFT", "SCHEDULED", "PUBLISHED", *STEPS)
        for owner, byline in bylines.items()
    ]
    for role in CALLERS:
        await desk.token(role, ada)
    before = await desk.stored()
    for status, owner, post in cases:
        for mutation in ON_POSTS:
            sent = _sent(mutation, post)
            for role in CALLERS:
                told = _told(await desk.send(mutation, sent, role, ada))
                expected = _expected(mutation, role, status, owner)
                assert told == expected, (mutation, role, status, owner)
    assert await desk.stored() == before


async def test_a_right_that_is_missing_stops_what_comes_before_it(desk: Desk) -> None:
    ada = await factories.make_author(desk.api.app.database, "Ada")
    token = await desk.token(Role.CONTRIBUTOR, ada)
    before = await desk.stored()
    answer = await desk.api.send(
        """mutation($post: CreatePostInput!) {
          first: createPost(input: $post) { post { id } }
          second: createCategory(input: {name: "Bread"}) { category { id } }
        }""",
        {"post": WRITE},
        token,
    )
    assert (_codes(answer), answer["errors"][0]["path"]) == (["FORBIDDEN"], ["second"])
    assert await desk.stored() == before


async def test_who_holds_an_edit_token_has_no_other_right(desk: Desk) -> None:
    post = await factories.make_post(desk.api.app.database)
    sent = {"postId": known(post)["id"], "authorName": "Guest", "body": "Well said."}
    token = (await desk.done("submit_comment", sent, role=None))["editToken"]
    for mutation in LEAST:
        given = REFUSED.get(mutation, {"id": "x", "version": 1})
        answer = await desk.api.send(MUTATIONS[mutation], {"input": given}, token)
        assert _codes(answer) == ["FORBIDDEN"]


def _sent(mutation: str, post: Post) -> dict[str, Any]:
    """Name a post by what nobody succeeds with, whatever their rights."""
    sent: dict[str, Any] = {**known(post), "version": NEVER}
    if mutation == "create_preview_token":
        return {"postId": sent["id"], "expiresAt": LONG_AGO}
    return {**sent, "toVersion": 1} if mutation == "revert_post" else sent


def _expected(mutation: str, role: Role | None, status: str, owner: str) -> str:
    previews = mutation == "create_preview_token"
    if role is None:
        return "UNAUTHENTICATED"
    done = "INVALID" if previews else "CONFLICT"
    if role.rank >= Role.EDITOR.rank:
        return done
    if mutation not in BY_WRITERS or role not in BELOW_EDITORS:
        return "FORBIDDEN"
    if status == "DRAFT" and owner == "own":
        return done
    if status == "PUBLISHED":
        return "FORBIDDEN"
    return f"NOT_FOUND {'postId' if previews else 'id'}"


def _told(answer: Mapping[str, Any]) -> str:
    if "errors" in answer:
        assert answer["data"] is None
        (code,) = _codes(answer)
        return str(code)
    (payload,) = answer["data"].values()
    error = payload["userErrors"][0]
    seen = payload.get("post")
    if error["code"] == "NOT_FOUND":
        assert seen is None
        return f"NOT_FOUND {error['path'][0]}"
    if "token" in payload:
        assert payload["token"] is None
        return str(error["code"])
    assert error["path"] == ["version"]
    assert seen is not None or "deletedId" in payload
    return str(error["code"])


def _codes(answer: Mapping[str, Any]) -> list[str]:
    return [error["extensions"]["code"] for error in answer.get("errors", ())]


async def _post(desk: Desk, status: str, byline: list[Author]) -> Post:
    """Make a post of a status; one that is WITHDRAWN was public, and is a draft again."""
    database = desk.api.app.database
    post = await factories.make_post(
        database,
        authors=byline,
        publish=status != "DRAFT",
        published_at=FUTURE if status == "SCHEDULED" else None,
    )
    if status not in STEPS:
        return post
    async with unit_of_work(database) as session:
        action = PostAction(id=post.id, version=post.version)
        return await STEPS[status](session, factories.EDITOR, action)
