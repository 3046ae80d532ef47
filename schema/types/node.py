"""What everything with an identity shares."""

import strawberry

from pressroom.schema.engine.declarations import GlobalId
from pressroom.schema.fields import field


@strawberry.interface(description="Something with an identity that lasts.")
class Node:
    """Something with an identity that lasts."""

    id: strawberry.ID = field(GlobalId(), "Opaque, and the same for ever.")
