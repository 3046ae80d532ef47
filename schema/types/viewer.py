"""Who is asking."""

import strawberry

from pressroom.schema.engine.declarations import Handed
from pressroom.schema.enums import Role
from pressroom.schema.fields import fact, field

from .author import Author


@strawberry.type(description="Who is asking.")
class Viewer:
    """Who is asking."""

    role: Role = fact("What they may do.")
    name: str | None = fact("What the journal calls them; null for a reader.")
    author: Author | None = field(Handed("author_id"), "The author they write as, if any.")
