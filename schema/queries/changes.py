"""The change feed."""

import strawberry

from pressroom.cms.store.changes import changes_of_site
from pressroom.schema.engine.declarations import Connection
from pressroom.schema.fields import AFTER, FIRST, field
from pressroom.schema.types.change import ChangeConnection


@strawberry.type
class ChangeQueries:
    """The change feed."""

    changes: ChangeConnection = field(
        Connection(changes_of_site),
        "Everything that changed after a cursor, deletions included, in commit order. From no"
        " cursor: the whole content.",
        AFTER,
        FIRST,
    )
