"""`revertPost`: back to what a post said before."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import rights
from pressroom.cms.services.posts import revisions
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.fields import argument, field
from pressroom.schema.transactions import store_post
from pressroom.schema.types.post_action import PostActionInput, PostPayload


@strawberry.input(description="A post, and the version to go back to.")
class RevertPostInput(PostActionInput):
    """A post, and the version to go back to."""

    to_version: int = strawberry.field(description="The version whose content it shall have.")


@strawberry.type(description="What became of going back.")
class RevertPostPayload(PostPayload):
    """What became of going back."""


async def revert_post(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store the content of an earlier version as a new one."""
    wanted = revisions.RevertPost(
        id=key_of(sent["id"], "Post"), version=sent["version"], to_version=sent["toVersion"]
    )

    async def change(session: Any) -> Any:
        await rights.check_edit(session, context.actor, wanted.id)
        return await revisions.revert(session, context.actor, wanted)

    return await store_post(context, "revertPost", sent, change)


@strawberry.type
class RevertPostMutation:
    """`revertPost`."""

    revert_post: RevertPostPayload = field(
        Action(revert_post, Right.WRITE),
        "Give a post the content of an earlier version, as a new one; address, status and dates"
        " stay.",
        argument("input", RevertPostInput, "The post, and the version."),
    )
