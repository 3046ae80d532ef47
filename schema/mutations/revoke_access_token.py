"""`revokeAccessToken`: the end of a credential."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import tokens
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import encode_id, key_of
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import IDEMPOTENCY_KEY, argument, fact, field, given
from pressroom.schema.transactions import store


@strawberry.input(description="A credential that is to end.")
class RevokeAccessTokenInput:
    """A credential that is to end."""

    id: strawberry.ID = strawberry.field(description="The credential.")
    idempotency_key: str | None = given(IDEMPOTENCY_KEY)


@strawberry.type(description="What became of revoking a credential.")
class RevokeAccessTokenPayload:
    """What became of revoking a credential."""

    revoked_id: strawberry.ID | None = fact("The credential that has ended.")
    user_errors: list[UserError] = fact(USER_ERRORS)


async def revoke_access_token(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """End the credential at once."""
    token = key_of(sent["id"], "AccessToken")

    async def change(session: Any) -> dict[str, Any]:
        revoked = await tokens.revoke(session, context.actor, token)
        return {"revoked_id": encode_id("AccessToken", revoked)}

    return await store(context, "revokeAccessToken", sent, change)


@strawberry.type
class RevokeAccessTokenMutation:
    """`revokeAccessToken`."""

    revoke_access_token: RevokeAccessTokenPayload = field(
        Action(revoke_access_token, Right.ADMINISTER),
        "End a credential at once.",
        argument("input", RevokeAccessTokenInput, "The credential."),
    )
