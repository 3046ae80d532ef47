"""The list of posts that a search finds, the best first."""

from sqlalchemy import Double, String, cast

from ..content import Post
from .listing import Arguments, Listing, SortKey
from .scope import Scope
from .search import matches, search_terms, snippet
from .visibility import visible_posts


def posts_found(_parent: None, scope: Scope, arguments: Arguments) -> Listing:
    """List the posts that hold the words of `query`; an edge shows a `snippet`."""
    dialect = scope.dialect.name
    terms = scope.bind(arguments["query"], String(), lambda query: search_terms(query, dialect))
    found = matches(dialect, terms).subquery("found")
    post = Post.__table__.alias()
    return Listing(
        source=found.join(post, post.c.id == found.c.post_id),
        # Wide enough to be the same number when it comes back in a cursor.
        columns={"id": post.c.id, "score": cast(found.c.score, Double)},
        order=(SortKey("score"), SortKey("id")),
        conditions=visible_posts(post, scope),
        extras={"snippet": lambda row: snippet(dialect, terms, row.c.id)},
    )
