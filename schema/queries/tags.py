"""Tags."""

import strawberry

from pressroom.cms.store.lookups import known_by
from pressroom.schema.engine.declarations import Lookup
from pressroom.schema.fields import argument, field
from pressroom.schema.types.filters import TagBy
from pressroom.schema.types.tag import Tag


@strawberry.type
class TagQueries:
    """Tags."""

    tag: Tag | None = field(
        Lookup(lambda row, scope, given: known_by(row, "Tag", given["by"], scope)),
        "One tag; null where there is none.",
        argument("by", TagBy, "What it is known by."),
    )
