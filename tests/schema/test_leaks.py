"""Nothing unseen appears: answers are the same bytes whether it is there or not.

Every operation of the collection, and every way to name a thing, is asked before and after content
is added that the caller may not see.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import factories
import httpx
import pytest
from operations.content import LATER, Content, making
from operations.library import MUTATIONS, OPERATIONS, Operation
from serving import API
from writing import DRAFTS, Desk

from pressroom.cms.actors import Role
from pressroom.cms.content import Post, Site
from pressroom.cms.services import posts, previews
from pressroom.cms.services.posts import publication
from pressroom.cms.services.posts.publication import PostAction, PublishPost
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Caller:
    """Somebody who asks: with a role, or with the preview token of a post of the collection."""

    role: Role | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    preview: str | None = None


AHEAD = {"Pressroom-Perspective": "2099-12-31T23:59:59Z"}
BLIND = (
    Caller(),
    Caller(headers=DRAFTS),
    Caller(Role.READER),
    Caller(Role.READER, DRAFTS),
    Caller(Role.CONTRIBUTOR),
    Caller(Role.MODERATOR),
    Caller(Role.EDITOR, AHEAD),
    Caller(preview="draft"),
    Caller(preview="archived", headers=DRAFTS),
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
  tag(by: {slug: "xyzzy"}) { name }
  search(query: "Xyzzy") { totalCount nodes { id } }
  found: posts(where: {search: "Xyzzy"}) { totalCount nodes { id } }
  statuses: posts(where: {status: [DRAFT, SCHEDULED, ARCHIVED, TRASHED]}) { totalCount }
  not: posts(where: {not: {status: [PUBLISHED]}}) { totalCount }
}"""
UNKNOWN = {
    "id": encode_id("Post", 999_999),
    "slug": "xyzzy-nothing",
    "path": "/xyzzy-nothing",
    "comment": encode_id("Comment", 999_999),
}


class Walk:
    """Asks everything, as somebody."""

    def __init__(self, desk: Desk, content: Content) -> None:
        self.desk = desk
        self.content = content

    async def everything(
        self, caller: Caller, operations: Sequence[Operation] = OPERATIONS
    ) -> dict[str, Any]:
        """Send operations of the collection, and give the answers by their names."""
        answers = {}
        for operation in operations:
            variables = operation.variables(self.content)
            answer = await self.ask(operation.source, variables, caller)
            while '"QUEUED"' in answer.text:  # a rendition, which takes its time
                answer = await self.ask(operation.source, variables, caller)
            answers[operation.name] = answer.json()
        return answers

    async def by_name(self, named: Mapping[str, str], caller: Caller) -> dict[str, Any]:
        """Ask for a post, and for a comment on it."""
        data: dict[str, Any] = (await self.ask(NAMED, named, caller)).json()["data"]
        return data

    def names_of(self, post: Post) -> dict[str, str]:
        """Give what a post is known by, and the first comment after those of the collection."""
        number = max(comment.id for comment in self.content.comments.values()) + 1
        names = {"id": encode_id("Post", post.id), "slug": post.slug, "path": f"/{post.slug}"}
        return {**names, "comment": encode_id("Comment", number)}

    async def ask(self, query: str, variables: Any, caller: Caller) -> httpx.Response:
        token = await self._token(caller)
        sent = dict(caller.headers) | ({"Authorization": f"Bearer {token}"} if token else {})
        request = {"query": query, "variables": variables}
        self.desk.api.statements.clear()
        response = await self.desk.api.http.post("/graphql", json=request, headers=sent)
        assert SECRET not in response.text
        return response

    async def _token(self, caller: Caller) -> str | None:
        if caller.preview is None:
            return await self.desk.token(caller.role, self.content.authors["ada"])
        async with reading_session(self.content.database) as session:
            site = await session.get_one(Site, 1)
        post = self.content.posts[caller.preview]
        return previews.token_of(site.secret, post.id, self.content.time() + timedelta(days=1))


async def test_what_nobody_saw_changes_no_answer(api: API) -> None:
    async with making(api.app.database) as content:
        walk = Walk(Desk(api), content)
        before = [await walk.everything(caller) for caller in BLIND]
        hidden = await _hide(content)
        for caller, answers in zip(BLIND, before, strict=True):
            for name, answer in (await walk.everything(caller)).items():
                assert answer == answers[name], (name, caller)
            for post in hidden:
                _check_nothing(await walk.by_name(walk.names_of(post), caller))


async def test_what_was_withdrawn_is_told_of_by_the_change_feed_alone(api: API) -> None:
    async with making(api.app.database) as content:
        walk = Walk(Desk(api), content)
        before = [await walk.everything(caller) for caller in BLIND]
        withdrawn = await _withdraw(content)
        for caller, answers in zip(BLIND, before, strict=True):
            for name, answer in (await walk.everything(caller)).items():
                assert answer == answers[name] or name == "changes", (name, caller)
            for post in withdrawn:
                _check_nothing(await walk.by_name(walk.names_of(post), caller))


async def test_editors_see_what_is_published_unless_they_ask(api: API) -> None:
    telling = ("status:", "auditLog")
    plain = [
        operation
        for operation in OPERATIONS
        if not any(each in operation.source for each in telling)
    ]
    async with making(api.app.database) as content:
        walk = Walk(Desk(api), content)
        for role in (Role.EDITOR, Role.ADMIN):
            before = await walk.everything(Caller(role), plain)
            await _hide(content, role.lower())
            for name, answer in (await walk.everything(Caller(role), plain)).items():
                assert answer == before[name], (name, role)


async def test_what_is_hidden_is_looked_for_as_what_there_is_not(api: API) -> None:
    """Statements stand for the time that a look-up takes: there must be the same ones."""
    async with making(api.app.database) as content:
        walk = Walk(Desk(api), content)
        hidden = [*await _hide(content), *await _withdraw(content)]
        for caller in BLIND:
            unknown = await walk.ask(NAMED, UNKNOWN, caller)
            steps = list(api.statements)
            for post in hidden:
                answer = await walk.ask(NAMED, walk.names_of(post), caller)
                assert (answer.content, api.statements) == (unknown.content, steps), caller


async def test_what_is_hidden_cannot_be_commented_on_or_fetched(api: API) -> None:
    async with making(api.app.database) as content:
        walk = Walk(Desk(api), content)
        hidden = await _hide(content)
        sent = {"authorName": "Guest", "body": "Well said."}
        for caller in BLIND:
            wanted = {"input": {**sent, "postId": UNKNOWN["id"]}}
            unknown = (await walk.ask(MUTATIONS["submit_comment"], wanted, caller)).content
            for post in hidden:
                wanted["input"]["postId"] = encode_id("Post", post.id)
                answer = await walk.ask(MUTATIONS["submit_comment"], wanted, caller)
                assert answer.content == unknown, caller
        missing = await api.http.get(f"/renditions/{'0' * 32}/999999-a.txt")
        for post in hidden:
            fetched = await api.http.get(f"/renditions/{'0' * 32}/{post.id}-{post.slug}.txt")
            assert (fetched.status_code, fetched.content) == (404, missing.content)


async def test_a_name_that_a_draft_once_had_leads_nowhere(api: API) -> None:
    async with making(api.app.database) as content:
        walk = Walk(Desk(api), content)
        post = await _post(content, "working-title", publish=False)
        change = posts.UpdatePost(id=post.id, version=post.version, slug="plain")
        async with unit_of_work(content.database) as session:
            changed = await posts.update(session, factories.EDITOR, change)
            wanted = PublishPost(id=changed.id, version=changed.version)
            await publication.publish(session, factories.EDITOR, wanted)
        query = "query($path: String!) { resolvePath(path: $path) { __typename } }"
        for caller in BLIND:
            answer = await walk.ask(query, {"path": f"/{post.slug}"}, caller)
            assert answer.json() == {"data": {"resolvePath": None}}, caller


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
    withdrawn = [await _post(content, verb.__name__) for verb in verbs]
    for verb, post in zip(verbs, withdrawn, strict=True):
        await factories.make_comment(content.database, post, body=f"{SECRET} {post.id}")
        await _step(content, verb, post)
    return withdrawn


async def _post(content: Content, name: str, **fields: Any) -> Post:
    given = {
        "authors": [content.authors["emile"]],
        "categories": list(content.categories.values()),
        "tags": ["Ink", "Paper", SECRET],
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
    for name in ("node", "post", "bySlug", "resolvePath", "comment", "tag"):
        assert data[name] is None, name
    assert data["nodes"] == [None, None]
    assert data["comments"] == data["search"] == data["found"] == empty
    assert data["statuses"] == data["not"] == {"totalCount": 0}
