"""`createPreviewToken`: shows one post to whoever holds it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import strawberry

from pressroom.cms.content import Site
from pressroom.cms.services import previews
from pressroom.cms.services.rights import Right
from pressroom.cms.services.site import SITE_ID
from pressroom.cms.store.keys import key_of
from pressroom.cms.store.sessions import reading_session
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.scalars import Instant
from pressroom.schema.transactions import store


@strawberry.input(description="What to show, and for how long.")
class CreatePreviewTokenInput:
    """What to show, and for how long."""

    post_id: strawberry.ID = strawberry.field(
        description="The post. One in the trash is not shown, and one put there later no longer."
    )
    expires_at: Instant | None = given(
        f"When it ends, to the second; {previews.LASTS.days} days from now unless given, and"
        f" {previews.LASTS_AT_MOST.days} at most. It cannot be ended before."
    )
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What shows a post to whoever holds it.")
class CreatePreviewTokenPayload:
    """What shows a post to whoever holds it."""

    token: str | None = fact(
        "Sent as `Authorization: Bearer …`, it shows the one post as it stands, draft or not, to"
        " queries for that post. It is kept nowhere, and is shown here alone."
    )
    expires_at: Instant | None = fact("When it ends.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def create_preview_token(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Let a post be shown."""
    post_id = key_of(sent["postId"], "Post")
    wanted = previews.CreatePreview(post_id=post_id, expires_at=sent.get("expiresAt"))

    async def change(session: Any) -> dict[str, Any]:
        expires_at = await previews.create(session, context.actor, wanted)
        return {"expires_at": expires_at.isoformat()}

    answer = await store(context, "createPreviewToken", sent, change)
    expires_at = datetime.fromisoformat(answer["expires_at"])
    async with reading_session(context.services.database) as session:
        site = await session.get_one(Site, SITE_ID)
    token = previews.token_of(site.secret, post_id, expires_at)
    return {"token": token, "expires_at": expires_at}


@strawberry.type
class CreatePreviewTokenMutation:
    """`createPreviewToken`."""

    create_preview_token: CreatePreviewTokenPayload = field(
        Action(create_preview_token, Right.WRITE),
        "Show others a post that the public does not see. Contributors show drafts of their own.",
        argument("input", CreatePreviewTokenInput, "What to show."),
    )
