"""The rival's part of the schema: types with resolvers, as Strawberry's documentation has them."""

from collections.abc import Sequence
from typing import Any, Self

import strawberry
from sqlalchemy import select
from strawberry.types import Info

from pressroom.cms import content
from pressroom.cms.store.keys import encode_id
from pressroom.schema.scalars import HTML, URL, Instant

from .rival_loaders import Loaders

SITE_ID = 1


def loaders_of(info: Info) -> Loaders:
    """Give the loaders of the request."""
    loaders: Loaders = info.context["loaders"]
    return loaders


@strawberry.type
class Author:
    """A name in bylines."""

    row: strawberry.Private[content.Author]
    id: strawberry.ID
    slug: str
    name: str
    bio: str

    @classmethod
    def of(cls, row: content.Author) -> Self:
        return cls(
            row=row,
            id=strawberry.ID(encode_id("Author", row.id)),
            slug=row.slug,
            name=row.name,
            bio=row.bio,
        )

    @strawberry.field
    async def posts(self, info: Info, first: int, after: str | None = None) -> "PostConnection":
        owner = content.PostAuthor.author_id == self.row.id
        rows = await loaders_of(info).filed(content.PostAuthor, owner, first, after)
        return PostConnection.of(rows)


@strawberry.type
class Category:
    """A subject that posts are filed under."""

    row: strawberry.Private[content.Category]
    id: strawberry.ID
    slug: str
    name: str

    @classmethod
    def of(cls, row: content.Category) -> Self:
        key = strawberry.ID(encode_id("Category", row.id))
        return cls(row=row, id=key, slug=row.slug, name=row.name)

    @strawberry.field
    async def url(self, info: Info) -> URL:
        site = await loaders_of(info).site.load(SITE_ID)
        return URL(f"{site.url}{site.category_prefix}{self.row.slug}")

    @strawberry.field
    async def posts(self, info: Info, first: int, after: str | None = None) -> "PostConnection":
        owner = content.CategoryPost.category_id == self.row.id
        rows = await loaders_of(info).filed(content.CategoryPost, owner, first, after)
        return PostConnection.of(rows)


@strawberry.type
class CommentAuthor:
    """Who sent a comment."""

    name: str
    avatar_url: URL


@strawberry.type
class CommentBody:
    """What a comment says."""

    html: HTML


@strawberry.type
class Comment:
    """What a reader wrote under a post."""

    row: strawberry.Private[content.Comment]
    id: strawberry.ID
    submitted_at: Instant
    reply_count: int

    @classmethod
    def of(cls, row: content.Comment) -> Self:
        return cls(
            row=row,
            id=strawberry.ID(encode_id("Comment", row.id)),
            submitted_at=Instant(row.submitted_at),
            reply_count=row.reply_count,
        )

    @property
    def _is_legible(self) -> bool:
        return self.row.status is content.CommentStatus.APPROVED

    @strawberry.field
    def author(self, info: Info) -> CommentAuthor:
        avatar = self.row.avatar if self._is_legible else "0" * 32
        return CommentAuthor(
            name=self.row.author_name if self._is_legible else "",
            avatar_url=URL(f"{loaders_of(info).base_url}/avatars/{avatar}.svg"),
        )

    @strawberry.field
    def body(self) -> CommentBody:
        return CommentBody(html=HTML(self.row.html if self._is_legible else ""))

    @strawberry.field
    async def replies(self, info: Info, first: int) -> "CommentConnection":
        if not self.row.reply_count:
            return CommentConnection(nodes=[])
        rows = await loaders_of(info).replies.load(self.row.id)
        return CommentConnection(nodes=[Comment.of(row) for row in rows[:first]])


@strawberry.type
class CommentConnection:
    """A page of comments."""

    nodes: list[Comment]


@strawberry.type
class Body:
    """The text of a post."""

    html: HTML
    reading_minutes: int


@strawberry.type
class Post:
    """An article."""

    row: strawberry.Private[content.Post]
    id: strawberry.ID
    slug: str
    title: str
    excerpt: str
    published_at: Instant | None
    updated_at: Instant
    comment_count: int

    @classmethod
    def of(cls, row: content.Post) -> Self:
        return cls(
            row=row,
            id=strawberry.ID(encode_id("Post", row.id)),
            slug=row.slug,
            title=row.title,
            excerpt=row.excerpt,
            published_at=Instant(row.published_at) if row.published_at else None,
            updated_at=Instant(row.updated_at),
            comment_count=row.comment_count,
        )

    @strawberry.field
    async def url(self, info: Info) -> URL:
        site = await loaders_of(info).site.load(SITE_ID)
        return URL(f"{site.url}{site.post_prefix}{self.row.slug}")

    @strawberry.field
    async def body(self, info: Info) -> Body:
        row = await loaders_of(info).body.load(self.row.body_id)
        return Body(html=HTML(row.html), reading_minutes=row.reading_minutes)

    @strawberry.field
    async def authors(self, info: Info) -> list[Author]:
        return [Author.of(row) for row in await loaders_of(info).authors.load(self.row.id)]

    @strawberry.field
    async def categories(self, info: Info) -> list[Category]:
        return [Category.of(row) for row in await loaders_of(info).categories.load(self.row.id)]

    @strawberry.field
    async def comments(self, info: Info, first: int) -> CommentConnection:
        rows = await loaders_of(info).threads(self.row.id, first)
        return CommentConnection(nodes=[Comment.of(row) for row in rows])


@strawberry.type
class PostConnection:
    """A page of posts."""

    nodes: list[Post]

    @classmethod
    def of(cls, rows: Sequence[content.Post]) -> Self:
        return cls(nodes=[Post.of(row) for row in rows])


@strawberry.input(one_of=True)
class By:
    """What something is known by."""

    slug: strawberry.Maybe[str]


@strawberry.type
class Query:
    """What the measured operations read."""

    @strawberry.field
    async def posts(self, info: Info, first: int, after: str | None = None) -> PostConnection:
        return PostConnection.of(await loaders_of(info).posts(first, after))

    @strawberry.field
    async def post(self, info: Info, by: By) -> Post | None:
        statement = select(content.Post).where(
            content.Post.slug == _slug(by),
            content.Post.status == content.PostStatus.PUBLISHED,
            content.Post.published_at <= loaders_of(info).now,
        )
        row = await loaders_of(info).one(statement)
        return row and Post.of(row)

    @strawberry.field
    async def category(self, info: Info, by: By) -> Category | None:
        statement = select(content.Category).where(content.Category.slug == _slug(by))
        row = await loaders_of(info).one(statement)
        return row and Category.of(row)

    @strawberry.field
    async def author(self, info: Info, by: By) -> Author | None:
        statement = select(content.Author).where(content.Author.slug == _slug(by))
        row = await loaders_of(info).one(statement)
        return row and Author.of(row)


def _slug(by: By) -> Any:
    return by.slug.value if by.slug else None
