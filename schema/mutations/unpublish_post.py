"""`unpublishPost`: out of readers' sight, and a draft again."""

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


@strawberry.type(description="What became of taking a post back.")
class UnpublishPostPayload(PostPayload):
    """What became of taking a post back."""


async def unpublish_post(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Make the post a draft."""
    return await take_step(context, "unpublishPost", sent, publication.unpublish)


@strawberry.type
class UnpublishPostMutation:
    """`unpublishPost`."""

    unpublish_post: UnpublishPostPayload = field(
        Action(unpublish_post, Right.EDIT),
        "Make a published or scheduled post a draft again; its date is kept.",
        argument("input", PostActionInput, "The post."),
    )
