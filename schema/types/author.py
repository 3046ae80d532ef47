"""Authors, and pages of authors."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from pressroom.cms.content import Author as AuthorRow
from pressroom.cms.store import authors, posts
from pressroom.schema.connection import CURSOR, EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import Column, Connection, Expression, Source
from pressroom.schema.fields import PAGED, fact, field
from pressroom.schema.scalars import URL

from .node import Node

if TYPE_CHECKING:
    from .post import PostConnection


@strawberry.type(description="A name in bylines.")
class Author(Node):
    """A name in bylines."""

    slug: str = field(Column("slug"), "The last part of the author's address; unique.")
    name: str = field(Column("name"), "As it stands in bylines.")
    bio: str = field(Column("bio"), "Who that is, in plain text; may be empty.")
    url: URL | None = field(Column("url"), "A page of the author's own.")
    posts: Annotated["PostConnection", strawberry.lazy(".post")] = field(
        Connection(posts.posts_by_author, authors.count_posts),
        "What bears the author's name, newest first.",
        *PAGED,
    )
    post_count: int = field(Expression(authors.post_count), "How many posts readers see.")


@strawberry.type(description="An author in a list.")
class AuthorEdge:
    """An author in a list."""

    cursor: str = fact(CURSOR)
    node: Author = fact("The author.")


@strawberry.type(description="A page of authors.")
class AuthorConnection:
    """A page of authors."""

    edges: list[AuthorEdge] = fact(EDGES)
    nodes: list[Author] = fact(NODES)
    page_info: PageInfo = fact(PAGE_INFO)
    total_count: int = fact(TOTAL_COUNT)


setattr(Author, SOURCE, Source(AuthorRow.__table__))
