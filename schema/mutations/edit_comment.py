"""`editComment`: a sender's second thoughts."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services.comments import editing
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import key_of
from pressroom.cms.store.sessions import unit_of_work
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action, Handed
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import argument, fact, field
from pressroom.schema.types.comment import Comment


@strawberry.input(description="New words for a comment, by who sent it.")
class EditCommentInput:
    """New words for a comment, by who sent it."""

    id: strawberry.ID = strawberry.field(description="The comment.")
    edit_token: str = strawberry.field(description="What its submission answered.")
    body: str = strawberry.field(description="What it shall say, in Markdown.")


@strawberry.type(description="What became of an edit.")
class EditCommentPayload:
    """What became of an edit."""

    comment: Comment | None = field(Handed("comment_id"), "The comment as it is now.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def edit_comment(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store new words."""
    edit = editing.EditComment(
        id=key_of(sent["id"], "Comment"), edit_token=sent["editToken"], body=sent["body"]
    )
    services = context.services
    async with unit_of_work(services.database) as session:
        comment = await editing.edit(session, services.settings, edit)
    return {"comment_id": comment.id, "own_comment": comment.id}


@strawberry.type
class EditCommentMutation:
    """`editComment`."""

    edit_comment: EditCommentPayload = field(
        Action(edit_comment, Right.COMMENT),
        "Change what a comment says, within minutes of sending it.",
        argument("input", EditCommentInput, "The new words."),
    )
