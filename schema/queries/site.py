"""The site."""

import strawberry

from pressroom.schema.engine.declarations import Lookup
from pressroom.schema.fields import field
from pressroom.schema.types.site import Site


@strawberry.type
class SiteQueries:
    """The site."""

    site: Site = field(
        Lookup(lambda site, _scope, _arguments: site.c.id == 1), "The publication as a whole."
    )
