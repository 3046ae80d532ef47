"""Comments: one, and those of the whole site."""

import strawberry

from pressroom.cms.store.comments import comments_of_site
from pressroom.cms.store.lookups import key
from pressroom.schema.engine.declarations import Connection, Lookup
from pressroom.schema.fields import PAGED, argument, field, optional
from pressroom.schema.types.comment import Comment, CommentConnection
from pressroom.schema.types.filters import CommentFilter


@strawberry.type
class CommentQueries:
    """Comments: one, and those of the whole site."""

    comment: Comment | None = field(
        Lookup(lambda row, scope, given: row.c.id == key(given["id"], "Comment", scope)),
        "One comment; null where there is none that the viewer may see.",
        argument("id", strawberry.ID, "Its global id."),
    )
    comments: CommentConnection = field(
        Connection(comments_of_site),
        "All comments the viewer may see, newest first: an editor's moderation queue, a site's"
        " recent comments.",
        *PAGED,
        optional("where", CommentFilter, "Which of them."),
    )
