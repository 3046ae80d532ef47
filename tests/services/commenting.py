"""Commenting in tests: each call is a unit of work of its own."""

import dataclasses
from typing import Any

from sqlalchemy import select

from pressroom.cms.actors import ANONYMOUS, Actor, Role
from pressroom.cms.comments.check import Check
from pressroom.cms.content import Comment, JournalEntry, Post
from pressroom.cms.errors import Refused, UserErrorCode
from pressroom.cms.services.comments import SubmitComment, Submitted, submit
from pressroom.cms.services.comments.editing import (
    EditComment,
    WithdrawComment,
    edit,
    withdraw,
)
from pressroom.cms.services.comments.moderation import Moderated, ModerationAction, moderate
from pressroom.cms.settings import Moderation, Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

MODERATOR = Actor(role=Role.MODERATOR, name="moderator")


@dataclasses.dataclass(frozen=True)
class Commenting:
    """Sends comments to one post."""

    database: Database
    settings: Settings
    post: Post

    def with_settings(self, **changes: Any) -> "Commenting":
        settings = dataclasses.replace(self.settings, **changes)
        return dataclasses.replace(self, settings=settings)

    def unmoderated(self) -> "Commenting":
        return self.with_settings(comments_moderation=Moderation.NONE)

    async def submit(
        self,
        body: str = "Well said.",
        *,
        name: str = "Reader",
        parent: Comment | int | None = None,
        actor: Actor = ANONYMOUS,
        address: str | None = None,
        checks: tuple[Check, ...] = (),
        **fields: Any,
    ) -> Submitted:
        sent: dict[str, Any] = {
            "post_id": self.post.id,
            "parent_id": parent.id if isinstance(parent, Comment) else parent,
            "author_name": name,
            "body": body,
        }
        async with unit_of_work(self.database) as session:
            return await submit(
                session,
                self.settings,
                actor,
                SubmitComment(**(sent | fields)),
                address=address,
                checks=checks,
            )

    async def refusal(self, body: str = "Well said.", **fields: Any) -> list[tuple[Any, ...]]:
        """Submit what must be refused; answers codes and paths."""
        try:
            await self.submit(body, **fields)
        except Refused as refused:
            return faults(refused)
        raise AssertionError("the comment was not refused")

    async def edit(self, submitted: Submitted, body: str, token: str | None = None) -> Comment:
        token = submitted.edit_token if token is None else token
        sent = EditComment(id=submitted.comment.id, edit_token=token, body=body)
        async with unit_of_work(self.database) as session:
            return await edit(session, self.settings, sent)

    async def withdraw(self, submitted: Submitted, token: str | None = None) -> int:
        token = submitted.edit_token if token is None else token
        sent = WithdrawComment(id=submitted.comment.id, edit_token=token)
        async with unit_of_work(self.database) as session:
            return await withdraw(session, self.settings, sent)

    async def moderate(self, action: ModerationAction, *ids: int) -> Moderated:
        async with unit_of_work(self.database) as session:
            return await moderate(session, MODERATOR, ids, action)

    async def stored(self, comment_id: int) -> Comment:
        async with reading_session(self.database) as session:
            return await session.get_one(Comment, comment_id)

    async def all_stored(self) -> list[Comment]:
        statement = select(Comment).where(Comment.post_id == self.post.id).order_by(Comment.id)
        async with reading_session(self.database) as session:
            return list(await session.scalars(statement))

    async def post_now(self) -> Post:
        async with reading_session(self.database) as session:
            return await session.get_one(Post, self.post.id)

    async def journal(self) -> list[tuple[str, int, str, bool]]:
        """What was noted of comments: action, id, kind, whether readers see it."""
        statement = select(JournalEntry).where(JournalEntry.entity == "Comment")
        async with reading_session(self.database) as session:
            entries = await session.scalars(statement.order_by(JournalEntry.id))
            return [(e.action, e.entity_id, e.kind.value, e.public) for e in entries]


def faults(refused: Refused) -> list[tuple[UserErrorCode, str]]:
    return [(error.code, "/".join(error.path)) for error in refused.errors]
