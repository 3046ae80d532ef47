"""`mergeCategories`: two subjects become one."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import categories
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action, Handed
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.transactions import store
from pressroom.schema.types.category import Category


@strawberry.input(description="A category that goes, and the one that it becomes part of.")
class MergeCategoriesInput:
    """A category that goes, and the one that it becomes part of."""

    id: strawberry.ID = strawberry.field(description="The category that goes.")
    version: int = strawberry.field(
        description="The version that you know; a later one is a CONFLICT, and nothing is stored."
    )
    into: strawberry.ID = strawberry.field(
        description="The one that stays; INVALID where that is below the other, or the same."
    )
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of a merger of categories.")
class MergeCategoriesPayload:
    """What became of a merger of categories."""

    category: Category | None = field(Handed("category_id"), "The category that stays.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def merge_categories(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Merge the categories."""
    wanted = categories.MergeCategories(
        id=key_of(sent["id"], "Category"),
        version=sent["version"],
        into=key_of(sent["into"], "Category"),
    )

    async def change(session: Any) -> dict[str, Any]:
        return {"category_id": (await categories.merge(session, context.actor, wanted)).id}

    return await store(context, "mergeCategories", sent, change)


@strawberry.type
class MergeCategoriesMutation:
    """`mergeCategories`."""

    merge_categories: MergeCategoriesPayload = field(
        Action(merge_categories, Right.EDIT),
        "Make two categories one: children and posts go to the one that stays, and the old"
        " addresses lead there.",
        argument("input", MergeCategoriesInput, "The categories."),
    )
