"""`publishPost`: now, at an instant to come, or as of one that has passed."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services.posts import publication
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.fields import argument, field, given
from pressroom.schema.scalars import Instant
from pressroom.schema.transactions import store_post
from pressroom.schema.types.post_action import PostActionInput, PostPayload


@strawberry.input(description="The post to publish, and when.")
class PublishPostInput(PostActionInput):
    """The post to publish, and when."""

    at: Instant | None = given(
        "In the future schedules it, in the past backdates it. Without it, the date that is kept"
        " for a draft counts, or else now."
    )


@strawberry.type(description="What became of a publication.")
class PublishPostPayload(PostPayload):
    """What became of a publication."""


async def publish_post(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Publish the post."""
    wanted = publication.PublishPost(
        id=key_of(sent["id"], "Post"), version=sent["version"], at=sent.get("at")
    )

    async def change(session: Any) -> Any:
        return await publication.publish(session, context.actor, wanted)

    return await store_post(context, "publishPost", sent, change)


@strawberry.type
class PublishPostMutation:
    """`publishPost`."""

    publish_post: PublishPostPayload = field(
        Action(publish_post, Right.EDIT),
        "Publish a draft, or one that was archived; one that is scheduled goes out now, or at"
        " another instant.",
        argument("input", PublishPostInput, "The post, and when."),
    )
