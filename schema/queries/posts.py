"""Posts: one, many, and what a search finds."""

import strawberry

from pressroom.cms.store.found import posts_found
from pressroom.cms.store.lookups import known_by
from pressroom.cms.store.post_filter import posts_of_site
from pressroom.schema.engine.declarations import Connection, Lookup
from pressroom.schema.enums import PostOrder
from pressroom.schema.fields import FORWARD, PAGED, argument, field, optional
from pressroom.schema.types.filters import PostBy, PostFilter
from pressroom.schema.types.post import Post, PostConnection
from pressroom.schema.types.search import SearchConnection


@strawberry.type
class PostQueries:
    """Posts: one, many, and what a search finds."""

    post: Post | None = field(
        Lookup(lambda post, scope, given: known_by(post, "Post", given["by"], scope)),
        "One post; null where there is none that the viewer may see.",
        argument("by", PostBy, "What it is known by."),
    )
    posts: PostConnection = field(
        Connection(posts_of_site),
        "The site's posts.",
        *PAGED,
        optional("where", PostFilter, "Which of them."),
        argument(
            "order_by", PostOrder | None, "Which come first.", default=PostOrder.PUBLISHED_DESC
        ),
    )
    search: SearchConnection = field(
        Connection(posts_found),
        "The posts that hold all words of a query, the best first; the last word may be begun.",
        argument("query", str, "What to look for, as a reader types it."),
        *FORWARD,
    )
