"""Comments, and pages of comments."""

from typing import Annotated

import strawberry

from pressroom.cms.content import Comment as CommentRow
from pressroom.cms.store import comments
from pressroom.cms.store.visibility import reachable_comments, visible_comments
from pressroom.schema.connection import CURSOR, EDGES, NODES, PAGE_INFO, TOTAL_COUNT, PageInfo
from pressroom.schema.engine.catalog import SOURCE
from pressroom.schema.engine.declarations import (
    Column,
    Connection,
    Embedded,
    Expression,
    One,
    Source,
)
from pressroom.schema.enums import CommentOrder, CommentStatus
from pressroom.schema.fields import PAGED, argument, fact, field
from pressroom.schema.scalars import HTML, URL, Instant

from .node import Node
from .post import Post


@strawberry.type(description="Who sent a comment, as far as the viewer is told.")
class CommentAuthor:
    """Who sent a comment, as far as the viewer is told."""

    name: str = field(Expression(comments.shown("author_name")), "As the sender gave it.")
    url: URL | None = field(
        Expression(comments.shown("author_url", None)), "A page that the sender gave."
    )
    verified: bool = field(Expression(comments.verified), "Signed in as one of the site's own.")
    avatar_url: URL = field(
        Expression(comments.avatar_url), "A picture that is the same for the same sender."
    )
    email: str | None = field(Expression(comments.email), "For moderators; null to others.")


@strawberry.type(description="What a comment says.")
class CommentBody:
    """What a comment says."""

    html: HTML = field(Expression(comments.shown("html")), "Sanitised HTML.")
    markdown: str = field(Expression(comments.shown("markdown")), "Markdown, as written.")
    text: str = field(Expression(comments.shown("text")), "Plain text.")


@strawberry.type(description="What a reader wrote under a post.")
class Comment(Node):
    """What a reader wrote under a post."""

    post: Post = field(One(lambda comment, _scope: comment.c.post_id), "Where it stands.")
    parent: Annotated["Comment", strawberry.lazy(".comment")] | None = field(
        One(lambda comment, _scope: comment.c.parent_id),
        "What it replies to; null for a comment on the post itself.",
    )
    depth: int = field(Column("depth"), "0 for a comment on the post itself.")
    author: CommentAuthor = field(Embedded(), "Who sent it.")
    body: CommentBody = field(Embedded(), "What it says.")
    status: CommentStatus = field(
        Expression(comments.shown_status), "Where it stands between its reader and the public."
    )
    submitted_at: Instant = field(Column("submitted_at"), "When it was sent.")
    edited_at: Instant | None = field(Column("edited_at"), "When its sender last changed it.")
    reply_count: int = field(Column("reply_count"), "Direct replies that the public sees.")
    replies: Annotated["CommentConnection", strawberry.lazy(".comment")] = field(
        Connection(comments.replies_of, lambda comment, *_: comment.c.reply_count),
        "Its direct replies, as the public sees them.",
        *PAGED,
        argument("order_by", CommentOrder | None, "Which come first.", default=CommentOrder.OLDEST),
    )


@strawberry.type(description="A comment in a list.")
class CommentEdge:
    """A comment in a list."""

    cursor: str = fact(CURSOR)
    node: Comment = fact("The comment.")


@strawberry.type(description="A page of comments.")
class CommentConnection:
    """A page of comments."""

    edges: list[CommentEdge] = fact(EDGES)
    nodes: list[Comment] = fact(NODES)
    page_info: PageInfo = fact(PAGE_INFO)
    total_count: int = fact(TOTAL_COUNT)


setattr(Comment, SOURCE, Source(CommentRow.__table__, visible_comments, reachable_comments))
