"""Nothing unseen appears: answers are the same bytes whether it is there or not.

Every operation of the collection, and every way to name a thing, is asked before and after content
is added that the caller may not see.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import factories
import pytest
from operations.content import LATER, Content, making
from operations.library import OPERATIONS, Operation
from serving import API
from writing import DRAFTS, Desk

from pressroom.cms.actors import Role
from pressroom.cms.content import Post
from pressroom.cms.services.posts import publication
from pressroom.cms.services.posts.publication import PostAction
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import unit_of_work

pytestmark = pytest.mark.anyio

BLIND: tuple[tuple[Role | None, Mapping[str, str]], ...] = (
    (None, {}),
    (None, DRAFTS),
    (Role.READER, {}),
    (Role.READER, DRAFTS),
    (Role.CONTRIBUTOR, {}),
    (Role.MODERATOR, {}),
)
SECRET = "Xyzzy"
NAMED = """query($id: ID!, $slug: String!, $path: String!, $comment: ID!) {
  node(id: $id) { __typename }
  nodes(ids: [$id, $comment]) { __typename }
  post(by: {id: $id}) { title }
  bySlug: post(by: {slug: $slug}) { title }
  resolvePath(path: $path) { __typename }
  comment(id: $comment) { id }
  comments(where: {postId: $id}) { totalCount nodes { id } }
  search(query: "Xyzzy") { totalCount nodes { id } }
  found: posts(where: {search: "Xyzzy"}) { totalCount nodes { id } }
  statuses: posts(where: {status: [DRAFT, SCHEDULED, ARCHIVED, TRASHED]}) { totalCount }
  not: posts(where: {not: {status: [PUBLISHED]}}) { totalCount }
}"""


class Walk:
    """Asks everything, as somebody."""

    def __init__(self, desk: Desk, content: Content) -> None:
        self.desk = desk
        self.content = content

    async def everything(
        self,
        role: Role | None,
        headers: Mapping[str, str],
        operations: Sequence[Operation] = OPERATIONS,
    ) -> dict[str, Any]:
        """Send operations of the collection, and give the answers by their names."""
        return {
            operation.name: await self._ask(
                operation.source, operation.variables(self.content), role, headers
            )
            for operation in operations
        }

    async def by_name(
        self, post: Post, role: Role | None, headers: Mapping[str, str]
    ) -> dict[str, Any]:
        """Ask for a post, and for the first comment after those of the collection."""
        number = max(comment.id for comment in self.content.comments.values()) + 1
        variables = {"id": encode_id("Post", post.id), "slug": post.slug, "path": f"/{post.slug}"}
        variables["comment"] = encode_id("Comment", number)
        data: dict[str, Any] = (await self._ask(NAMED, variables, role, headers))["data"]
        return data

    async def _ask(
        self, query: str, variables: Any, role: Role | None, headers: Mapping[str, str]
    ) -> dict[str, Any]:
        token = await self.desk.token(role, self.content.authors["ada"])
        sent = dict(headers) | ({"Authorization": f"Bearer {token}"} if token else {})
        request = {"query": query, "variables": variables}
        response = await self.desk.api.http.post("/graphql", json=request, headers=sent)
        assert SECRET not in response.text
        answer: dict[str, Any] = response.json()
        return answer


async def test_what_nobody_saw_changes_no_answer(api: API) -> None:
    async with making(api.app.database) as content:
        walk = Walk(Desk(api), content)
        before = [await walk.everything(*caller) for caller in BLIND]
        hidden = await _hide(content)
        for caller, answers in zip(BLIND, before, strict=True):
            for name, answer in (await walk.everything(*caller)).items():
                assert answer == answers[name], (name, caller)
            for post in hidden:
                _check_nothing(await walk.by_name(post, *caller))


async def test_what_was_withdrawn_is_told_of_by_the_change_feed_alone(api: API) -> None:
    async with making(api.app.database) as content:
        walk = Walk(Desk(api), content)
        before = [await walk.everything(*caller) for caller in BLIND]
        withdrawn = await _withdraw(content)
        for caller, answers in zip(BLIND, before, strict=True):
            for name, answer in (await walk.everything(*caller)).items():
                assert answer == answers[name] or name == "changes", (name, caller)
            for post in withdrawn:
                _check_nothing(await walk.by_name(post, *caller))


async def test_editors_see_what_is_published_unless_they_ask(api: API) -> None:
    plain = [operation for operation in OPERATIONS if "status:" not in operation.source]
    async with making(api.app.database) as content:
        walk = Walk(Desk(api), content)
        for role in (Role.EDITOR, Role.ADMIN):
            before = await walk.everything(role, {}, plain)
            await _hide(content, role.lower())
            for name, answer in (await walk.everything(role, {}, plain)).items():
                assert answer == before[name], (name, role)


async def _hide(content: Content, prefix: str = "") -> list[Post]:
    """Add posts of every status that the public never saw, filed wherever posts are."""
    everybody = list(content.authors.values())
    draft = await _post(content, f"{prefix}draft", publish=False)
    shared = await _post(content, f"{prefix}shared", publish=False, authors=everybody)
    scheduled = await _post(content, f"{prefix}scheduled", published_at=LATER)
    archived = await _post(content, f"{prefix}archived", publish=False)
    trashed = await _post(content, f"{prefix}trashed", publish=False)
    await _step(content, publication.archive, archived)
    await _step(content, publication.trash, trashed)
    return [draft, shared, scheduled, archived, trashed]


async def _withdraw(content: Content) -> list[Post]:
    """Add posts with comments that the public saw once, and sees no more."""
    verbs = (publication.unpublish, publication.archive, publication.trash)
    posts = [await _post(content, verb.__name__) for verb in verbs]
    for verb, post in zip(verbs, posts, strict=True):
        await factories.make_comment(content.database, post, body=f"{SECRET} {post.id}")
        await _step(content, verb, post)
    return posts


async def _post(content: Content, name: str, **fields: Any) -> Post:
    given = {
        "authors": [content.authors["emile"]],
        "categories": list(content.categories.values()),
        "tags": ["Ink", "Paper"],
        "excerpt": SECRET,
        "slug": f"{SECRET.lower()}-{name}",
        **fields,
    }
    source = f"{SECRET} paper press ink words."
    return await factories.make_post(content.database, f"{SECRET} {name}", source, **given)


async def _step(content: Content, verb: Any, post: Post) -> None:
    async with unit_of_work(content.database) as session:
        await verb(session, factories.EDITOR, PostAction(id=post.id, version=post.version))


def _check_nothing(data: dict[str, Any]) -> None:
    empty = {"totalCount": 0, "nodes": []}
    for name in ("node", "post", "bySlug", "resolvePath", "comment"):
        assert data[name] is None, name
    assert data["nodes"] == [None, None]
    assert data["comments"] == data["search"] == data["found"] == empty
    assert data["statuses"] == data["not"] == {"totalCount": 0}
