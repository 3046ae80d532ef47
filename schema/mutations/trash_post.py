"""`trashPost`: thrown away, and still to be had back."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services.posts import publication
from pressroom.cms.services.rights import Right
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.fields import argument, field
from pressroom.schema.transactions import take_step
from pressroom.schema.types.post_action import PostActionInput, PostPayload


@strawberry.type(description="What became of throwing a post away.")
class TrashPostPayload(PostPayload):
    """What became of throwing a post away."""


async def trash_post(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Put the post into the trash."""
    return await take_step(context, "trashPost", sent, publication.trash)


@strawberry.type
class TrashPostMutation:
    """`trashPost`."""

    trash_post: TrashPostPayload = field(
        Action(trash_post, Right.EDIT),
        "Put a post into the trash, from which it can be restored, or deleted for ever.",
        argument("input", PostActionInput, "The post."),
    )
