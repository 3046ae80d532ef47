"""`withdrawComment`: a sender takes a comment back."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services.comments import editing
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import encode_id, key_of
from pressroom.cms.store.sessions import unit_of_work
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import argument, fact, field


@strawberry.input(description="A comment to be taken back by who sent it.")
class WithdrawCommentInput:
    """A comment to be taken back by who sent it."""

    id: strawberry.ID = strawberry.field(description="The comment.")
    edit_token: str = strawberry.field(description="What its submission answered.")


@strawberry.type(description="What became of a withdrawal.")
class WithdrawCommentPayload:
    """What became of a withdrawal."""

    withdrawn_id: strawberry.ID | None = fact("The comment that is gone.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def withdraw_comment(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Erase a comment; where it has replies, its place is kept."""
    withdrawal = editing.WithdrawComment(
        id=key_of(sent["id"], "Comment"), edit_token=sent["editToken"]
    )
    services = context.services
    async with unit_of_work(services.database) as session:
        withdrawn = await editing.withdraw(session, services.settings, withdrawal)
    return {"withdrawn_id": encode_id("Comment", withdrawn)}


@strawberry.type
class WithdrawCommentMutation:
    """`withdrawComment`."""

    withdraw_comment: WithdrawCommentPayload = field(
        Action(withdraw_comment, Right.COMMENT),
        "Take a comment back, within minutes of sending it.",
        argument("input", WithdrawCommentInput, "The comment."),
    )
