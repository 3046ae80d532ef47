"""`updateImage`: other words about a picture."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import images, rights
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action, Handed
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.transactions import store
from pressroom.schema.types.image import Image


@strawberry.input(
    description="What to say of an image. Fields left out, or null, stay as they are."
)
class UpdateImageInput:
    """What to say of an image."""

    id: strawberry.ID = strawberry.field(description="The image.")
    alt: str | None = given("What stands in its place for who does not see it.")
    caption: str | None = given("What is written under it, in plain text.")
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of a change.")
class UpdateImagePayload:
    """What became of a change."""

    image: Image | None = field(Handed("image_id"), "The image as it is now.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def update_image(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store what is given."""
    said = {name: sent[name] for name in ("alt", "caption") if sent.get(name) is not None}
    wanted = images.UpdateImage(id=key_of(sent["id"], "Image"), **said)

    async def change(session: Any) -> dict[str, Any]:
        await rights.check_image_update(session, context.actor, wanted.id)
        return {"image_id": (await images.update(session, context.actor, wanted)).id}

    return await store(context, "updateImage", sent, change)


@strawberry.type
class UpdateImageMutation:
    """`updateImage`."""

    update_image: UpdateImagePayload = field(
        Action(update_image, Right.WRITE),
        "Say something else of an image. Contributors do so of what they sent, until readers see"
        " it.",
        argument("input", UpdateImageInput, "What to say."),
    )
