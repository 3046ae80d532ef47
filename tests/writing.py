"""Writing through HTTP as editors and scripts do: mutations of the collection, by their files."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import factories
from operations.library import MUTATIONS
from serving import API
from sqlalchemy import func, select

from pressroom.cms.actors import Role
from pressroom.cms.content import Author, Base, JournalEntry, Post
from pressroom.cms.services import tokens
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import reading_session, unit_of_work

DRAFTS = {"Pressroom-Perspective": "draft"}
WRITE = {"title": "Bread", "body": {"markdown": "Some *flour*."}}


@dataclass
class Desk:
    """Where people of all roles sit, each with a token of their own."""

    api: API
    _tokens: dict[tuple[Role, int | None], str] = field(default_factory=dict)

    async def token(self, role: Role | None, author: Author | None = None) -> str | None:
        """Give the token of somebody; nobody has none."""
        if role is None:
            return None
        holder = (role, author and author.id)
        if holder not in self._tokens:
            wanted = tokens.CreateToken(
                name=role.lower(), role=role, author_id=author and author.id
            )
            async with unit_of_work(self.api.app.database) as session:
                self._tokens[holder] = (
                    await tokens.create(session, factories.EDITOR, wanted)
                ).secret
        return self._tokens[holder]

    async def send(
        self,
        mutation: str,
        sent: Mapping[str, Any],
        role: Role | None = Role.EDITOR,
        author: Author | None = None,
    ) -> dict[str, Any]:
        """Send a mutation and give the whole answer."""
        return await self.api.send(
            MUTATIONS[mutation], {"input": sent}, await self.token(role, author)
        )

    async def write(
        self,
        mutation: str,
        sent: Mapping[str, Any],
        role: Role | None = Role.EDITOR,
        author: Author | None = None,
    ) -> dict[str, Any]:
        """Send a mutation that is executed, and give its payload."""
        answer = await self.send(mutation, sent, role, author)
        assert "errors" not in answer, answer["errors"]
        (payload,) = answer["data"].values()
        return dict(payload)

    async def done(self, mutation: str, sent: Mapping[str, Any], **who: Any) -> dict[str, Any]:
        """Send a mutation that succeeds, and give its payload."""
        payload = await self.write(mutation, sent, **who)
        assert payload["userErrors"] == []
        return payload

    async def post(self, mutation: str, post: Mapping[str, Any], **sent: Any) -> dict[str, Any]:
        """Change a post, as it was answered last, and give it as it is answered now."""
        known = {"id": post["id"], "version": post["version"]}
        changed: dict[str, Any] = (await self.done(mutation, {**known, **sent}))["post"]
        return changed

    async def create(self, **sent: Any) -> dict[str, Any]:
        """Create a post and give it as it is answered."""
        created: dict[str, Any] = (await self.done("create_post", {**WRITE, **sent}))["post"]
        return created

    async def faults(
        self,
        mutation: str,
        sent: Mapping[str, Any],
        role: Role | None = Role.EDITOR,
        author: Author | None = None,
    ) -> list[tuple[str, list[str]]]:
        """Send a mutation that is refused; nothing may be stored by it."""
        await self.token(role, author)
        before = await self.stored()
        payload = await self.write(mutation, sent, role, author)
        assert await self.stored() == before
        assert payload["userErrors"]
        assert all(error["message"] for error in payload["userErrors"])
        return [(error["code"], error["path"]) for error in payload["userErrors"]]

    async def read(self, query: str, role: Role | None = None, **variables: Any) -> dict[str, Any]:
        """Send a query."""
        return await self.api.data(query, variables, await self.token(role))

    async def stored(self) -> dict[str, int]:
        """Count the rows of all tables."""
        async with reading_session(self.api.app.database) as session:
            return {
                table.name: await session.scalar(select(func.count()).select_from(table)) or 0
                for table in Base.metadata.sorted_tables
            }

    async def journal(self, entity: str = "Post") -> list[tuple[str, str, bool]]:
        """List what the journal tells: the verb, what readers saw happen, and whether they did."""
        async with reading_session(self.api.app.database) as session:
            entries = await session.scalars(
                select(JournalEntry).where(JournalEntry.entity == entity).order_by(JournalEntry.id)
            )
            return [(entry.action, entry.kind.value, entry.public) for entry in entries]


def known(post: Post) -> dict[str, Any]:
    """Give what a mutation names a post by."""
    return {"id": encode_id("Post", post.id), "version": post.version}
