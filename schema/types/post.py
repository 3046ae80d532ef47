"""Posts, and pages of posts."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from pressroom.cms.content import Post as PostRow
from pressroom.cms.store import comments, posts, related, revisions
from pressroom.cms.store.visibility import reachable_posts, visible_posts
from pressroom.schema.connection import CURSOR, EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import (
    Asked,
    Column,
    Connection,
    Expression,
    Listed,
    One,
    Source,
)
from pressroom.schema.enums import CommentOrder, PostStatus, ThreadShape
from pressroom.schema.fields import FORWARD, PAGED, argument, fact, field
from pressroom.schema.scalars import URL, Instant

from .author import Author
from .body import Body
from .image import Image
from .node import Node
from .rendition import RENDITION_ARGUMENTS, RENDITION_REQUIRES, Rendition, rendition_of
from .tag import Tag

if TYPE_CHECKING:
    from .category import Category
    from .comment import CommentConnection
    from .revision import RevisionConnection

_THREAD = (
    *PAGED,
    argument(
        "shape",
        ThreadShape | None,
        "Threads, or everything in a row.",
        default=ThreadShape.THREADED,
    ),
    argument(
        "order_by", CommentOrder | None, "Which siblings come first.", default=CommentOrder.OLDEST
    ),
)


@strawberry.type(description="An article.")
class Post(Node):
    """An article."""

    slug: str = field(Column("slug"), "The last part of its address; unique among posts.")
    url: URL = field(Expression(posts.post_url), "The canonical address, on the site's frontend.")
    title: str = field(Column("title"), "Its title, in plain text.")
    excerpt: str = field(
        Column("excerpt"), "The written excerpt, or else the opening of the text, cut at a word."
    )
    body: Body = field(One(lambda post, _scope: post.c.body_id), "The text.")
    status: PostStatus = field(Expression(posts.shown_status), "Where it stands in its life.")
    published_at: Instant | None = field(
        Column("published_at"),
        "When readers could first see it; null before. Backdating is allowed.",
    )
    updated_at: Instant = field(
        Column("updated_at"),
        "When readers were last given something new: set at publication and by every later edit"
        " that is not marked `minor`.",
    )
    created_at: Instant = field(Column("created_at"), "When it was begun.")
    version: int = field(Column("version"), "Grows by one with every stored change.")
    authors: list[Author] = field(
        Listed("author_ids", fan_out=3),
        "In byline order; may be empty.",
    )
    categories: list[Annotated["Category", strawberry.lazy(".category")]] = field(
        Listed("category_ids", fan_out=5),
        "The categories that it is filed under itself, the first of them foremost.",
    )
    tags: list[Tag] = field(
        Listed("tag_ids", fan_out=10),
        "Its tags, in the order in which they were given.",
    )
    image: Image | None = field(
        One(lambda post, _scope: post.c.image_id, shown=True), "What stands above it, if anything."
    )
    sticky: bool = field(Column("sticky"), "Whether it is meant to stay on top.")
    comments: Annotated["CommentConnection", strawberry.lazy(".comment")] = field(
        Connection(comments.comments_of_post, comments.count_in_thread),
        "Its comments, as the public sees them.",
        *_THREAD,
    )
    comment_count: int = field(Column("comment_count"), "Comments visible to the public.")
    comments_open: bool = field(Column("comments_open"), "Whether readers may comment.")
    rendition: Rendition = field(
        Asked(RENDITION_REQUIRES, rendition_of, steady=True),
        "A printable form of it, to hand on.",
        *RENDITION_ARGUMENTS,
    )
    previous: Annotated["Post", strawberry.lazy(".post")] | None = field(
        One(posts.earlier), "The one published before it."
    )
    next: Annotated["Post", strawberry.lazy(".post")] | None = field(
        One(posts.later), "The one published after it."
    )
    related: list[Annotated["Post", strawberry.lazy(".post")]] = field(
        Connection(related.related_to, plain=True),
        "Those that share most tags and categories with it, the newest first among equals.",
        argument("first", int | None, "How many at the most: 1 to 100.", default=5),
    )
    revisions: Annotated["RevisionConnection", strawberry.lazy(".revision")] = field(
        Connection(revisions.revisions_of),
        "As it stood after each stored change, newest first. Only editors see any.",
        *FORWARD,
    )


@strawberry.type(description="A post in a list.")
class PostEdge:
    """A post in a list."""

    cursor: str = fact(CURSOR)
    node: Post = fact("The post.")


@strawberry.type(description="A page of posts.")
class PostConnection:
    """A page of posts."""

    edges: list[PostEdge] = fact(EDGES)
    nodes: list[Post] = fact(NODES)
    page_info: PageInfo = fact(PAGE_INFO)
    total_count: int = fact(TOTAL_COUNT)


setattr(Post, SOURCE, Source(PostRow.__table__, visible_posts, reachable_posts))
