"""`deleteImage`: gone for ever."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import images
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import encode_id, key_of
from pressroom.cms.store.sessions import unit_of_work
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.transactions import store


@strawberry.input(description="An image that is to go.")
class DeleteImageInput:
    """An image that is to go."""

    id: strawberry.ID = strawberry.field(description="The image.")
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of deleting an image.")
class DeleteImagePayload:
    """What became of deleting an image."""

    deleted_id: strawberry.ID | None = fact("The image that is gone.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def delete_image(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Delete the image, and its bytes unless another has the same."""
    key, services = key_of(sent["id"], "Image"), context.services

    async def change(session: Any) -> dict[str, Any]:
        image = await images.delete(session, context.actor, key)
        return {"deleted_id": encode_id("Image", image.id), "sha256": image.sha256}

    done = await store(context, "deleteImage", sent, change)
    if context.rehearsal is None:
        # First it must be certain that no image has them: what is deleted cannot be had back.
        async with unit_of_work(services.database) as session:
            await images.discard(session, services.images, done["sha256"])
    return done


@strawberry.type
class DeleteImageMutation:
    """`deleteImage`."""

    delete_image: DeleteImagePayload = field(
        Action(delete_image, Right.EDIT),
        "Delete an image for ever. One that a post shows, above its text or in it, is in use: a"
        " CONFLICT.",
        argument("input", DeleteImageInput, "The image."),
    )
