"""The change feed."""

import strawberry

from pressroom.cms.content import JournalEntry
from pressroom.schema.connection import EDGES, NODES, PAGE_INFO, PageInfo
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import Column, GlobalId, Referred, Source
from pressroom.schema.enums import ChangeKind
from pressroom.schema.fields import fact, field
from pressroom.schema.scalars import Instant

from .node import Node


@strawberry.type(description="One change of something that readers see.")
class Change:
    """One change of something that readers see."""

    kind: ChangeKind = field(Column("kind"), "What happened.")
    node_type: str = field(Column("entity"), "The GraphQL type of what changed.")
    node_id: strawberry.ID = field(
        GlobalId(column="entity_id", entity_column="entity"), "The global id of what changed."
    )
    version: int = field(Column("version"), "Its version after the change.")
    occurred_at: Instant = field(Column("occurred_at"), "When readers could first see the change.")
    node: Node | None = field(
        Referred("entity", "entity_id"),
        "What changed, as it is now; null for what is gone, or no longer visible to the viewer.",
    )


@strawberry.type(description="A change in the feed.")
class ChangeEdge:
    """A change in the feed."""

    cursor: str = fact("The place in the feed, to ask `after`; good for ever.")
    node: Change = fact("The change.")


@strawberry.type(description="A page of the change feed, in commit order.")
class ChangeConnection:
    """A page of the change feed, in commit order."""

    edges: list[ChangeEdge] = fact(EDGES)
    nodes: list[Change] = fact(NODES)
    page_info: PageInfo = fact(PAGE_INFO)


setattr(Change, SOURCE, Source(JournalEntry.__table__))
