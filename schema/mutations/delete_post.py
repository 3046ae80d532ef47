"""`deletePost`: gone for ever."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services.posts import publication
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import encode_id, key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import argument, fact, field
from pressroom.schema.transactions import store
from pressroom.schema.types.post_action import PostActionInput


@strawberry.type(description="What became of deleting a post.")
class DeletePostPayload:
    """What became of deleting a post."""

    deleted_id: strawberry.ID | None = fact("The post that is gone.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def delete_post(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Delete the post."""
    wanted = publication.PostAction(id=key_of(sent["id"], "Post"), version=sent["version"])

    async def change(session: Any) -> dict[str, Any]:
        deleted = await publication.delete(session, context.actor, wanted)
        return {"deleted_id": encode_id("Post", deleted)}

    return await store(context, "deletePost", sent, change)


@strawberry.type
class DeletePostMutation:
    """`deletePost`."""

    delete_post: DeletePostPayload = field(
        Action(delete_post, Right.EDIT),
        "Delete a post for ever, from the trash alone.",
        argument("input", PostActionInput, "The post."),
    )
