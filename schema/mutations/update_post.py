"""`updatePost`: other words, another address, another date."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import posts, rights
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.fields import argument, field, given
from pressroom.schema.transactions import store_post
from pressroom.schema.types.body import BodyInput
from pressroom.schema.types.post_action import POST_VERSION, PostPayload
from pressroom.schema.types.post_input import PostInput, fields_of

_REMOVABLE = {"excerpt": "excerpt", "imageId": "image_id", "publishedAt": "published_at"}


@strawberry.input(
    description="What to change of a post. Fields left out stay as they are; null in `excerpt`,"
    " `imageId` or `publishedAt` removes what is there, and anywhere else counts as left out. A"
    " stale `version` is a CONFLICT: nothing is stored and `post` is the current one."
)
class UpdatePostInput(PostInput):
    """What to change of a post."""

    id: strawberry.ID = strawberry.field(description="The post.")
    version: int = strawberry.field(description=POST_VERSION)
    title: str | None = given("Its title, in plain text: 300 characters at most.")
    body: BodyInput | None = given("The text.")
    minor: bool | None = given("A slip mended: `updatedAt` stays.", default=False)


@strawberry.type(description="What became of a change.")
class UpdatePostPayload(PostPayload):
    """What became of a change."""


async def update_post(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store what is given."""
    said = fields_of(sent)
    for name, attribute in _REMOVABLE.items():
        if name in sent and sent[name] is None:
            said[attribute] = None
    update = posts.UpdatePost(
        id=key_of(sent["id"], "Post"),
        version=sent["version"],
        minor=sent.get("minor") is True,
        **said,
    )

    async def change(session: Any) -> Any:
        await rights.check_update(session, context.actor, update)
        return await posts.update(session, context.actor, update)

    return await store_post(context, "updatePost", sent, change)


@strawberry.type
class UpdatePostMutation:
    """`updatePost`."""

    update_post: UpdatePostPayload = field(
        Action(update_post, Right.WRITE),
        "Change a post. Contributors change drafts of their own.",
        argument("input", UpdatePostInput, "What to change."),
    )
