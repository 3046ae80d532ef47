"""`deleteCategory`: gone, and what was in it filed elsewhere."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import categories
from pressroom.cms.services.rights import Right
from pressroom.cms.services.unset import UNSET
from pressroom.cms.store.keys import encode_id, key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.transactions import store


@strawberry.input(description="A category to delete, and where its children and posts go.")
class DeleteCategoryInput:
    """A category to delete, and where its children and posts go."""

    id: strawberry.ID = strawberry.field(description="The category.")
    version: int = strawberry.field(
        description="The version that you know; a later one is a CONFLICT, and nothing is stored."
    )
    move_to: strawberry.ID | None = given(
        "The category that its children and posts go to, or else its parent."
    )
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of deleting a category.")
class DeleteCategoryPayload:
    """What became of deleting a category."""

    deleted_id: strawberry.ID | None = fact("The category that is gone.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def delete_category(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Delete the category."""
    heir = sent.get("moveTo")
    wanted = categories.DeleteCategory(
        id=key_of(sent["id"], "Category"),
        version=sent["version"],
        move_to=UNSET if heir is None else key_of(heir, "Category"),
    )

    async def change(session: Any) -> dict[str, Any]:
        deleted = await categories.delete(session, context.actor, wanted)
        return {"deleted_id": encode_id("Category", deleted)}

    return await store(context, "deleteCategory", sent, change)


@strawberry.type
class DeleteCategoryMutation:
    """`deleteCategory`."""

    delete_category: DeleteCategoryPayload = field(
        Action(delete_category, Right.EDIT),
        "Delete a category; its children and posts go to another, or to its parent.",
        argument("input", DeleteCategoryInput, "The category."),
    )
