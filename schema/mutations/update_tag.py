"""`updateTag`: another name for a tag."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import tags
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action, Handed
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.transactions import store
from pressroom.schema.types.tag import Tag


@strawberry.input(
    description="What to change of a tag. Fields left out, or null, stay as they are."
)
class UpdateTagInput:
    """What to change of a tag. Fields left out, or null, stay as they are."""

    id: strawberry.ID = strawberry.field(description="The tag.")
    name: str | None = given("As it is shown: 80 characters at most.")
    slug: str | None = given("As it stands in addresses.")
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of a change.")
class UpdateTagPayload:
    """What became of a change."""

    tag: Tag | None = field(Handed("tag_id"), "The tag as it is now.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def update_tag(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store what is given."""
    said = {name: sent[name] for name in _SAID if sent.get(name) is not None}
    wanted = tags.UpdateTag(id=key_of(sent["id"], "Tag"), **said)

    async def change(session: Any) -> dict[str, Any]:
        return {"tag_id": (await tags.update(session, context.actor, wanted)).id}

    return await store(context, "updateTag", sent, change)


_SAID = ("name", "slug")


@strawberry.type
class UpdateTagMutation:
    """`updateTag`."""

    update_tag: UpdateTagPayload = field(
        Action(update_tag, Right.EDIT),
        "Change a tag, on all posts that bear it.",
        argument("input", UpdateTagInput, "What to change."),
    )
