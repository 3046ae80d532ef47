"""Access tokens."""

import strawberry

from pressroom.cms.content import AccessToken as AccessTokenRow
from pressroom.cms.store.visibility import visible_tokens
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import Column, Source
from pressroom.schema.enums import Role
from pressroom.schema.fields import field
from pressroom.schema.scalars import Instant

from .node import Node


@strawberry.type(description="A credential, without its secret. Only administrators see any.")
class AccessToken(Node):
    """A credential, without its secret."""

    name: str = field(Column("name"), "What the journal calls its bearer.")
    role: Role = field(Column("role"), "What its bearer may do.")
    created_at: Instant = field(Column("created_at"), "When it was made.")
    expires_at: Instant | None = field(
        Column("expires_at"), "When it ends; null where it is good until it is revoked."
    )
    last_used_at: Instant | None = field(
        Column("last_used_at"), "When it was last used, to the minute; null before."
    )


setattr(AccessToken, SOURCE, Source(AccessTokenRow.__table__, visible_tokens))
