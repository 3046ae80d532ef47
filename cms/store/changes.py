"""The change feed: what readers saw change, in commit order."""

from sqlalchemy import true

from ..content import JournalEntry
from .listing import Arguments, Listing, SortKey
from .scope import Scope
from .visibility import name


def changes_of_site(_parent: None, _scope: Scope, _arguments: Arguments) -> Listing:
    """List the journal's entries that readers may see, oldest first."""
    entry = JournalEntry.__table__.alias()
    return Listing(
        source=entry,
        columns=dict(entry.c.items()),
        order=(SortKey("id"),),
        # The site itself is no node, and nothing that a subscriber could keep a copy of.
        conditions=(entry.c.public == true(), entry.c.entity != name("Site")),
    )
