"""`moderateComments`: what becomes of what readers wrote."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.errors import Refused
from pressroom.cms.services.comments import moderation
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action, Handed
from pressroom.schema.engine.mutation import refusal
from pressroom.schema.enums import ModerationAction
from pressroom.schema.errors import UserError
from pressroom.schema.fields import IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.transactions import store
from pressroom.schema.types.comment import Comment


@strawberry.input(description="Comments, and what to do with them.")
class ModerateCommentsInput:
    """Comments, and what to do with them."""

    ids: list[strawberry.ID] = strawberry.field(description="The comments: 100 at the most.")
    action: ModerationAction = strawberry.field(description="What to do with each of them.")
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(
    description="What became of comments. One unknown id does not stop the others: `comments` has"
    " those that were moderated."
)
class ModerateCommentsPayload:
    """What became of comments."""

    comments: list[Comment] = field(
        Handed("comment_ids", many=True), "Those that were moderated, in the order of their ids."
    )
    user_errors: list[UserError] = fact("What is wrong with the others, and with the input.")


async def moderate_comments(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Do the same with all comments that it can be done with."""
    ids = [key_of(given, "Comment") for given in sent["ids"]]

    async def change(session: Any) -> dict[str, Any]:
        moderated = await moderation.moderate(session, context.actor, ids, sent["action"])
        comments = [comment.id for comment in moderated.comments]
        return {"comment_ids": comments, **refusal(Refused(moderated.errors))}

    return await store(context, "moderateComments", sent, change)


@strawberry.type
class ModerateCommentsMutation:
    """`moderateComments`."""

    moderate_comments: ModerateCommentsPayload = field(
        Action(moderate_comments, Right.MODERATE),
        "Decide about comments.",
        argument("input", ModerateCommentsInput, "The comments, and what to do."),
    )
