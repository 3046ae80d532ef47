"""`archivePost`: out of readers' sight, and kept."""

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


@strawberry.type(description="What became of archiving a post.")
class ArchivePostPayload(PostPayload):
    """What became of archiving a post."""


async def archive_post(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Archive the post."""
    return await take_step(context, "archivePost", sent, publication.archive)


@strawberry.type
class ArchivePostMutation:
    """`archivePost`."""

    archive_post: ArchivePostPayload = field(
        Action(archive_post, Right.EDIT),
        "Put a post aside: kept, and no longer public.",
        argument("input", PostActionInput, "The post."),
    )
