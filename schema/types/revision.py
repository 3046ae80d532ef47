"""Revisions of a post."""

import strawberry

from pressroom.cms.content import Revision as RevisionRow
from pressroom.cms.store import revisions
from pressroom.cms.text.difference import unified_diff
from pressroom.schema.connection import CURSOR, EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import Column, Computed, One, Source
from pressroom.schema.fields import fact, field
from pressroom.schema.scalars import Instant

from .body import Body


@strawberry.type(description="A post as it stood after one stored change.")
class Revision:
    """A post as it stood after one stored change."""

    version: int = field(Column("version"), "The post's version after the change.")
    saved_at: Instant = field(Column("saved_at"), "When it was stored.")
    saved_by: str = field(Column("saved_by"), "Who changed it.")
    title: str = field(Column("title"), "The title of that version.")
    body: Body = field(One(lambda revision, _scope: revision.c.body_id), "Its text.")
    diff: str = field(
        Computed((revisions.markdown_before, revisions.markdown), unified_diff),
        "A unified diff of the Markdown against the version before.",
    )


@strawberry.type(description="A revision in a list.")
class RevisionEdge:
    """A revision in a list."""

    cursor: str = fact(CURSOR)
    node: Revision = fact("The revision.")


@strawberry.type(description="A page of revisions.")
class RevisionConnection:
    """A page of revisions."""

    edges: list[RevisionEdge] = fact(EDGES)
    nodes: list[Revision] = fact(NODES)
    page_info: PageInfo = fact(PAGE_INFO)
    total_count: int = fact(TOTAL_COUNT)


setattr(Revision, SOURCE, Source(RevisionRow.__table__))
