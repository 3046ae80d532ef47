"""Authors: one, and many."""

import strawberry

from pressroom.cms.store.authors import authors_of_site
from pressroom.cms.store.lookups import known_by
from pressroom.schema.engine.declarations import Connection, Lookup
from pressroom.schema.fields import PAGED, argument, field
from pressroom.schema.types.author import Author, AuthorConnection
from pressroom.schema.types.filters import AuthorBy


@strawberry.type
class AuthorQueries:
    """Authors: one, and many."""

    author: Author | None = field(
        Lookup(lambda row, scope, given: known_by(row, "Author", given["by"], scope)),
        "One author; null where there is none.",
        argument("by", AuthorBy, "What the author is known by."),
    )
    authors: AuthorConnection = field(
        Connection(authors_of_site), "The site's authors, by name.", *PAGED
    )
