"""Categories, and pages of categories."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from pressroom.cms.content import Category as CategoryRow
from pressroom.cms.content import CategoryAncestor
from pressroom.cms.store import categories, posts
from pressroom.schema.connection import CURSOR, EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import (
    Asked,
    Column,
    Connection,
    Expression,
    Many,
    One,
    Source,
)
from pressroom.schema.enums import PostOrder
from pressroom.schema.fields import PAGED, argument, fact, field
from pressroom.schema.scalars import URL

from .node import Node
from .rendition import (
    CATEGORY_RENDITION_REQUIRES,
    RENDITION_ARGUMENTS,
    Rendition,
    category_rendition_of,
)

if TYPE_CHECKING:
    from .post import PostConnection


@strawberry.type(description="A subject that posts are filed under.")
class Category(Node):
    """A subject that posts are filed under."""

    slug: str = field(Column("slug"), "The last part of its address; unique among categories.")
    name: str = field(Column("name"), "As it is shown.")
    description: str = field(Column("description"), "What it is about; may be empty.")
    url: URL = field(
        Expression(categories.category_url), "The canonical address, on the site's frontend."
    )
    parent: Annotated["Category", strawberry.lazy(".category")] | None = field(
        One(lambda category, _scope: category.c.parent_id), "The one above it; null at the root."
    )
    children: list[Annotated["Category", strawberry.lazy(".category")]] = field(
        Many(
            CategoryRow.__table__,
            "parent_id",
            "id",
            lambda _link, row: [row.c.name_key, row.c.id],
            fan_out=20,
        ),
        "Those right below it, by name.",
    )
    ancestors: list[Annotated["Category", strawberry.lazy(".category")]] = field(
        Many(
            CategoryAncestor.__table__,
            "category_id",
            "ancestor_id",
            lambda link, _row: [link.c.distance.desc()],
            lambda link, _scope: [link.c.distance > 0],
            fan_out=5,
        ),
        "From the root down; empty at the root.",
    )
    posts: Annotated["PostConnection", strawberry.lazy(".post")] = field(
        Connection(posts.posts_of_category, categories.count_posts),
        "What is filed under it.",
        *PAGED,
        argument(
            "include_descendants",
            bool | None,
            "Also what is filed under the categories below it.",
            default=True,
        ),
        argument(
            "order_by", PostOrder | None, "Which come first.", default=PostOrder.PUBLISHED_DESC
        ),
    )
    post_count: int = field(
        Expression(categories.post_count), "How many posts readers see in it and below it."
    )
    rendition: Rendition = field(
        Asked(CATEGORY_RENDITION_REQUIRES, category_rendition_of, steady=True),
        "The posts that readers see in it and below it, bound into a book, the oldest first: the"
        " newest 100 of them. Those of formats that hold a single post have FAILED.",
        *RENDITION_ARGUMENTS,
    )
    version: int = field(Column("version"), "Grows by one with every stored change.")


@strawberry.type(description="A category in a list.")
class CategoryEdge:
    """A category in a list."""

    cursor: str = fact(CURSOR)
    node: Category = fact("The category.")


@strawberry.type(description="A page of categories.")
class CategoryConnection:
    """A page of categories."""

    edges: list[CategoryEdge] = fact(EDGES)
    nodes: list[Category] = fact(NODES)
    page_info: PageInfo = fact(PAGE_INFO)
    total_count: int = fact(TOTAL_COUNT)


setattr(Category, SOURCE, Source(CategoryRow.__table__))
