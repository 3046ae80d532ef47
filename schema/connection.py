"""What all connections share (https://relay.dev/graphql/connections.htm)."""

import strawberry

from .fields import fact


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool = fact("Whether there is more behind the page.")
    has_previous_page: bool = fact("Whether there is something ahead of the page.")
    start_cursor: str | None = fact("The place of the page's first entry; null on an empty page.")
    end_cursor: str | None = fact("The place of the page's last entry; null on an empty page.")


EDGES = "The page's entries, each with its place."
NODES = "What the page lists, without places."
PAGE_INFO = "Where the page stands in the list."
TOTAL_COUNT = "How long the whole list is."
CURSOR = "The place in the list: opaque, good for this list in this order."
