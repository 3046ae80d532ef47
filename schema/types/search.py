"""What a search found."""

import strawberry

from pressroom.cms.store.search import snippet_html
from pressroom.schema.connection import CURSOR, EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo
from pressroom.schema.engine.declarations import Extra
from pressroom.schema.fields import fact, field
from pressroom.schema.scalars import HTML

from .post import Post


@strawberry.type(description="A post that was found.")
class SearchEdge:
    """A post that was found."""

    cursor: str = fact(CURSOR)
    node: Post = fact("The post.")
    snippet: HTML = field(
        Extra("snippet", snippet_html), "The passage found, the words in `<mark>`."
    )


@strawberry.type(description="A page of what was found, the best first.")
class SearchConnection:
    """A page of what was found, the best first."""

    edges: list[SearchEdge] = fact(EDGES)
    nodes: list[Post] = fact(NODES)
    page_info: PageInfo = fact(PAGE_INFO)
    total_count: int = fact(TOTAL_COUNT)
