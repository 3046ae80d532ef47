"""The list of posts that a search finds, the best first."""

from sqlalchemy import Double, String, cast

from ..content import Post
from .listing import Arguments, Listing, SortKey
from .posts import columns_of
from .scope import Scope
from .search import matches, search_terms, snippet, title_terms
from .visibility import visible_posts


def posts_found(_parent: None, scope: Scope, arguments: Arguments) -> Listing:
    """List the posts that hold the words of `query`, the newest first among equals.

    An edge shows a `snippet`.
    """
    dialect, query = scope.dialect.name, arguments["query"]
    terms = scope.bind(query, String(), lambda query: search_terms(query, dialect))
    found = matches(dialect, terms, scope.bind(query, String(), title_terms)).subquery("found")
    post = Post.__table__.alias()
    # Wide enough to be the same number when it comes back in a cursor.
    score = cast(found.c.score, Double)
    return Listing(
        source=found.join(post, post.c.id == found.c.post_id),
        columns={**columns_of(post, undated=scope.audience.sees_undated), "score": score},
        order=(SortKey("score", True), SortKey("published_at", True), SortKey("id", True)),
        conditions=visible_posts(post, scope),
        extras={"snippet": lambda row: snippet(dialect, terms, row.c.id)},
    )
