"""`deleteTag`: a word that no post bears any longer."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import tags
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import encode_id, key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.transactions import store


@strawberry.input(description="A tag to delete.")
class DeleteTagInput:
    """A tag to delete."""

    id: strawberry.ID = strawberry.field(description="The tag.")
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of deleting a tag.")
class DeleteTagPayload:
    """What became of deleting a tag."""

    deleted_id: strawberry.ID | None = fact("The tag that is gone.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def delete_tag(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Delete the tag."""
    wanted = tags.DeleteTag(id=key_of(sent["id"], "Tag"))

    async def change(session: Any) -> dict[str, Any]:
        deleted = await tags.delete(session, context.actor, wanted)
        return {"deleted_id": encode_id("Tag", deleted)}

    return await store(context, "deleteTag", sent, change)


@strawberry.type
class DeleteTagMutation:
    """`deleteTag`."""

    delete_tag: DeleteTagPayload = field(
        Action(delete_tag, Right.EDIT),
        "Delete a tag, and take it off all posts.",
        argument("input", DeleteTagInput, "The tag."),
    )
