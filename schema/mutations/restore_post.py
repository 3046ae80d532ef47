"""`restorePost`: out of the archive or the trash."""

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


@strawberry.type(description="What became of having a post back.")
class RestorePostPayload(PostPayload):
    """What became of having a post back."""


async def restore_post(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make the post a draft."""
    return await take_step(context, "restorePost", sent, publication.restore)


@strawberry.type
class RestorePostMutation:
    """`restorePost`."""

    restore_post: RestorePostPayload = field(
        Action(restore_post, Right.EDIT),
        "Make an archived or trashed post a draft.",
        argument("input", PostActionInput, "The post."),
    )
