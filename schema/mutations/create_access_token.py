"""`createAccessToken`: a credential for an editor or a script."""

from collections.abc import Mapping
from typing import Any

import strawberry

from pressroom.cms.services import tokens
from pressroom.cms.services.rights import Right
from pressroom.cms.store.keys import key_of
from pressroom.cms.store.sessions import unit_of_work
from pressroom.schema.context import Context
from pressroom.schema.engine.declarations import Action, Handed
from pressroom.schema.enums import Role
from pressroom.schema.errors import USER_ERRORS, UserError
from pressroom.schema.fields import argument, fact, field, given
from pressroom.schema.scalars import Instant
from pressroom.schema.types.access_token import AccessToken


@strawberry.input(description="A new credential.")
class CreateAccessTokenInput:
    """A new credential."""

    name: str = strawberry.field(
        description="What the journal is to call its bearer: 100 characters at most."
    )
    role: Role = strawberry.field(description="What its bearer may do.")
    expires_at: Instant | None = given("When it ends; without it, when it is revoked.")
    author_id: strawberry.ID | None = given("The author that its bearer writes as.")


@strawberry.type(description="What became of a new credential.")
class CreateAccessTokenPayload:
    """What became of a new credential."""

    access_token: AccessToken | None = field(Handed("token_id"), "The credential.")
    secret: str | None = fact(
        "What its bearer sends as `Authorization: Bearer …`. It is shown this once; only its hash"
        " is kept."
    )
    user_errors: list[UserError] = fact(USER_ERRORS)


async def create_access_token(context: Context, sent: Mapping[str, Any]) -> Mapping[str, Any]:
    """Store a new credential.

    It takes no idempotency key: answering it again would take keeping the secret.
    """
    author = sent.get("authorId")
    wanted = tokens.CreateToken(
        name=sent["name"],
        role=sent["role"],
        expires_at=sent.get("expiresAt"),
        author_id=None if author is None else key_of(author, "Author"),
    )
    async with unit_of_work(context.services.database) as session:
        created = await tokens.create(session, context.actor, wanted)
    return {"token_id": created.token.id, "secret": created.secret}


@strawberry.type
class CreateAccessTokenMutation:
    """`createAccessToken`."""

    create_access_token: CreateAccessTokenPayload = field(
        Action(create_access_token, Right.ADMINISTER),
        "Create a credential for an editor or a script.",
        argument("input", CreateAccessTokenInput, "The credential."),
    )
