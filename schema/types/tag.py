"""Tags."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from pressroom.cms.content import Tag as TagRow
from pressroom.cms.store import posts
from pressroom.cms.store.visibility import reachable_tags
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import Column, Connection, Source
from pressroom.schema.fields import FORWARD, field

from .node import Node

if TYPE_CHECKING:
    from .post import PostConnection


@strawberry.type(description="A word that posts share.")
class Tag(Node):
    """A word that posts share."""

    slug: str = field(Column("slug"), "As it stands in addresses; unique among tags.")
    name: str = field(Column("name"), "As it is shown.")
    posts: Annotated["PostConnection", strawberry.lazy(".post")] = field(
        Connection(posts.posts_with_tag), "What bears it, newest first.", *FORWARD
    )


setattr(Tag, SOURCE, Source(TagRow.__table__, named=reachable_tags))
