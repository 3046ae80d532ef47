"""`createTag`: a new word for posts to share."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import tags
from pressroom.cms.services.rights import Right
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action, Handed
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.transactions import store
from pressroom.schema.types.tag import Tag


@strawberry.input(description="A new tag.")
class CreateTagInput:
    """A new tag."""

    name: str = strawberry.field(description="As it is shown: 80 characters at most.")
    slug: str | None = given("As it stands in addresses; made from the name where none is.")
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of a new tag.")
class CreateTagPayload:
    """What became of a new tag."""

    tag: Tag | None = field(Handed("tag_id"), "The tag.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def create_tag(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store a new tag."""
    wanted = tags.CreateTag(name=sent["name"], slug=sent.get("slug"))

    async def change(session: Any) -> dict[str, Any]:
        return {"tag_id": (await tags.create(session, context.actor, wanted)).id}

    return await store(context, "createTag", sent, change)


@strawberry.type
class CreateTagMutation:
    """`createTag`."""

    create_tag: CreateTagPayload = field(
        Action(create_tag, Right.EDIT),
        "Create a tag. Those that a post names are made with it.",
        argument("input", CreateTagInput, "The tag."),
    )
