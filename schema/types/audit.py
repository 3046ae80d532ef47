"""The audit log."""

import strawberry

from pressroom.cms.content import JournalEntry
from pressroom.cms.store import audit
from pressroom.schema.connection import CURSOR, EDGES, NODES, PAGE_INFO, PageInfo
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import (
    Column,
    Computed,
    Embedded,
    GlobalId,
    Referred,
    Source,
)
from pressroom.schema.enums import ChangeKind, Role
from pressroom.schema.fields import fact, field, given
from pressroom.schema.scalars import Instant

from .node import Node


@strawberry.input(description="Which entries; all that is given must hold.")
class AuditFilter:
    """Which entries; all that is given must hold."""

    actor: str | None = given("Those of whoever the journal calls so.")
    node_type: str | None = given("Those about things of one GraphQL type.")
    node_id: strawberry.ID | None = given("Those about one thing, also where that is gone.")
    action: str | None = given("Those with one verb: `publish`, `update`, `merge` and so on.")
    since: Instant | None = given("Those of an instant and later.")
    until: Instant | None = given("Those before an instant.")


@strawberry.type(description="Who did something.")
class AuditActor:
    """Who did something."""

    name: str | None = field(
        Column("actor"), "What the journal calls them, for a token its name; null for readers."
    )
    role: Role = field(Column("role"), "What they might do then.")
    access_token_id: strawberry.ID | None = field(
        Computed((audit.token_of,), audit.token_id),
        "The access token that they sent, also where it is revoked by now.",
    )


@strawberry.type(description="Something that somebody did. It tells no words, and no addresses.")
class AuditEntry:
    """Something that somebody did."""

    occurred_at: Instant = field(Column("occurred_at"), "When.")
    actor: AuditActor = field(Embedded(), "Who.")
    action: str = field(Column("action"), "The verb: `publish`, `update`, `merge` and so on.")
    kind: ChangeKind = field(Column("kind"), "What happened to the thing by it.")
    public: bool = field(Column("public"), "Whether readers saw a change by it.")
    node_type: str = field(Column("entity"), "The type of what it was done to.")
    node_id: strawberry.ID = field(
        GlobalId(column="entity_id", entity_column="entity"),
        "The global id of what it was done to.",
    )
    version: int = field(Column("version"), "The thing's version after it.")
    node: Node | None = field(
        Referred("entity", "entity_id"),
        "The thing as it is now; null for what is gone, or not visible to the viewer.",
    )


@strawberry.type(description="An entry in the audit log.")
class AuditEdge:
    """An entry in the audit log."""

    cursor: str = fact(CURSOR)
    node: AuditEntry = fact("The entry.")


@strawberry.type(description="A page of the audit log, newest first.")
class AuditConnection:
    """A page of the audit log, newest first."""

    edges: list[AuditEdge] = fact(EDGES)
    nodes: list[AuditEntry] = fact(NODES)
    page_info: PageInfo = fact(PAGE_INFO)


setattr(AuditEntry, SOURCE, Source(JournalEntry.__table__))
