"""`createCategory`: a new subject."""

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


@strawberry.input(description="A new category.")
class CreateCategoryInput:
    """A new category."""

    name: str = strawberry.field(description="As it is shown: 200 characters at most.")
    slug: str | None = given("The last part of its address; made from the name where none is.")
    description: str | None = given("What it is about.")
    parent_id: strawberry.ID | None = given("The one above it; a root has none.")
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of a new category.")
class CreateCategoryPayload:
    """What became of a new category."""

    category: Category | None = field(Handed("category_id"), "The category.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def create_category(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store a new category."""
    parent = sent.get("parentId")
    wanted = categories.CreateCategory(
        name=sent["name"],
        slug=sent.get("slug"),
        description=sent.get("description") or "",
        parent_id=None if parent is None else key_of(parent, "Category"),
    )

    async def change(session: Any) -> dict[str, Any]:
        return {"category_id": (await categories.create(session, context.actor, wanted)).id}

    return await store(context, "createCategory", sent, change)


@strawberry.type
class CreateCategoryMutation:
    """`createCategory`."""

    create_category: CreateCategoryPayload = field(
        Action(create_category, Right.EDIT),
        "Create a category, at the root or under another.",
        argument("input", CreateCategoryInput, "The category."),
    )
