"""Lists of authors, and what an author shows of themself."""

from sqlalchemy import ColumnElement, FromClause

from ..content import Author, PostAuthor
from .listing import Arguments, Listing, SortKey
from .posts import count_filed, count_visible
from .scope import Scope


def authors_of_site(_parent: None, _scope: Scope, _arguments: Arguments) -> Listing:
    """List the site's authors by name."""
    author = Author.__table__.alias()
    return Listing(author, dict(author.c.items()), (SortKey("name_key"), SortKey("id")))


def post_count(author: FromClause, scope: Scope) -> ColumnElement[int]:
    """Give the number of an author's posts that readers see."""
    return count_filed(author.c.post_count, PostAuthor.__table__, "author_id", author.c.id, scope)


def count_posts(author: FromClause, scope: Scope, _arguments: Arguments) -> ColumnElement[int]:
    """Give the length of an author's list of posts."""
    if scope.audience.sees_undated:
        return count_visible(PostAuthor.__table__, "author_id", author.c.id, scope)
    return post_count(author, scope)
