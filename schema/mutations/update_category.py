"""`updateCategory`: another name, another place in the tree."""

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


@strawberry.input(
    description="What to change of a category. Fields left out stay as they are; `parentId: null`"
    " makes it a root, and null anywhere else counts as left out."
)
class UpdateCategoryInput:
    """What to change of a category."""

    id: strawberry.ID = strawberry.field(description="The category.")
    version: int = strawberry.field(
        description="The version that you know; a later one is a CONFLICT, and nothing is stored."
    )
    name: str | None = given("As it is shown: 200 characters at most.")
    slug: str | None = given("The last part of its address; the old one leads to the new one.")
    description: str | None = given("What it is about.")
    parent_id: strawberry.ID | None = given(
        "The one above it; INVALID where that is below it, or itself."
    )
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of a change.")
class UpdateCategoryPayload:
    """What became of a change."""

    category: Category | None = field(Handed("category_id"), "The category as it is now.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def update_category(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store what is given, and move the category with all below it."""
    said = {name: sent[name] for name in _SAID if sent.get(name) is not None}
    if "parentId" in sent:
        parent = sent["parentId"]
        said["parent_id"] = None if parent is None else key_of(parent, "Category")
    wanted = categories.UpdateCategory(
        id=key_of(sent["id"], "Category"), version=sent["version"], **said
    )

    async def change(session: Any) -> dict[str, Any]:
        return {"category_id": (await categories.update(session, context.actor, wanted)).id}

    return await store(context, "updateCategory", sent, change)


_SAID = ("name", "slug", "description")


@strawberry.type
class UpdateCategoryMutation:
    """`updateCategory`."""

    update_category: UpdateCategoryPayload = field(
        Action(update_category, Right.EDIT),
        "Change a category, or move it in the tree with all below it.",
        argument("input", UpdateCategoryInput, "What to change."),
    )
