"""`createPost`: a draft, or a post that goes out at once or later."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import posts, rights
from pressroom.cms.services.rights import Right
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.fields import argument, field, given
from pressroom.schema.transactions import store_post
from pressroom.schema.types.body import BodyInput
from pressroom.schema.types.post_action import PostPayload
from pressroom.schema.types.post_input import PostInput, fields_of


@strawberry.input(description="A new post.")
class CreatePostInput(PostInput):
    """A new post."""

    title: str = strawberry.field(description="Its title, in plain text: 300 characters at most.")
    body: BodyInput = strawberry.field(description="The text.")
    publish: bool | None = given(
        "Whether to publish it: at once, or at `publishedAt`.", default=False
    )


@strawberry.type(description="What became of a new post.")
class CreatePostPayload(PostPayload):
    """What became of a new post."""


async def create_post(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store a new post."""
    post = posts.CreatePost(**fields_of(sent), publish=sent.get("publish") is True)

    async def change(session: Any) -> Any:
        await rights.check_image(session, context.actor, post.image_id)
        return await posts.create(session, context.actor, rights.new_post(context.actor, post))

    return await store_post(context, "createPost", sent, change)


@strawberry.type
class CreatePostMutation:
    """`createPost`."""

    create_post: CreatePostPayload = field(
        Action(create_post, Right.WRITE),
        "Create a post: a draft, unless it is to be published. Contributors create drafts of their"
        " own.",
        argument("input", CreatePostInput, "The post."),
    )
