"""`uploadImage`: a picture, sent with the request."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.http.uploads import Upload
from pressroom.cms.services import images, rights
from pressroom.cms.services.rights import Right
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action, Handed
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.transactions import store
from pressroom.schema.types.image import Image


@strawberry.input(description="A picture, and what it shows.")
class UploadImageInput:
    """A picture, and what it shows."""

    file: Upload = strawberry.field(
        description="PNG, JPEG, WebP, AVIF or GIF, whatever its name says. It is written anew,"
        " upright and in sRGB, without what its camera told of place and time; the sides of what"
        " is kept have 4,096 pixels at most."
    )
    alt: str | None = given("What stands in its place for who does not see it.")
    caption: str | None = given("What is written under it, in plain text.")
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of a picture.")
class UploadImagePayload:
    """What became of a picture."""

    image: Image | None = field(Handed("image_id"), "The image.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def upload_image(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Take the picture in, and store it."""
    rights.check_upload(context.actor)
    library = context.services.images
    alt, caption = sent.get("alt") or "", sent.get("caption") or ""
    # Nobody waits for a turn to write while it is decoded.
    master = await images.take_in(library, sent["file"].content, alt=alt, caption=caption)
    author_id = context.actor.author_id
    wanted = images.AddImage(master=master, alt=alt, caption=caption, author_id=author_id)

    async def change(session: Any) -> dict[str, Any]:
        return {"image_id": (await images.add(session, library, context.actor, wanted)).id}

    return await store(context, "uploadImage", sent, change)


@strawberry.type
class UploadImageMutation:
    """`uploadImage`."""

    upload_image: UploadImagePayload = field(
        Action(upload_image, Right.WRITE),
        "Send a picture, in a form as the GraphQL multipart request specification has it.",
        argument("input", UploadImageInput, "The picture."),
    )
