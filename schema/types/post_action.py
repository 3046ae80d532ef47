"""What steps in a post's life share: which post, and what became of it."""

import strawberry

from pressroom.schema.engine.declarations import Handed
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import DRY_RUN, IDEMPOTENCY_KEY, fact, field, given

from .post import Post

POST_VERSION = "The version that you know; a later one is a CONFLICT, and nothing is stored."


@strawberry.input(description="The post that a step is for.")
class PostActionInput:
    """The post that a step is for."""

    id: strawberry.ID = strawberry.field(description="The post.")
    version: int = strawberry.field(description=POST_VERSION)
    dry_run: bool | None = given(DRY_RUN, default=False)
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type
class PostPayload:
    """What became of a post."""

    post: Post | None = field(
        Handed("post_id"), "The post as it is now, also where that is why nothing was stored."
    )
    user_errors: list[UserError] = fact(USER_ERRORS)
