"""Anything, by its global id."""

import strawberry

from pressroom.schema.engine.declarations import Nodes
from pressroom.schema.fields import argument, field
from pressroom.schema.types.node import Node


@strawberry.type
class NodeQueries:
    """Anything, by its global id."""

    node: Node | None = field(
        Nodes("id"),
        "What a global id names; null where there is nothing that the viewer may see.",
        argument("id", strawberry.ID, "A global id."),
    )
    nodes: list[Node | None] = field(
        Nodes("ids"),
        "What global ids name, in their order; null for each that names nothing to be seen.",
        argument("ids", list[strawberry.ID], "Global ids: 100 at the most."),
    )
