"""What the rival reads: statements of the ORM, batched by DataLoaders for each request."""

from base64 import urlsafe_b64decode
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

import orjson
from sqlalchemy import Select, select, tuple_
from sqlalchemy.ext.asyncio import AsyncEngine, async_sessionmaker
from strawberry.dataloader import DataLoader

from pressroom.cms.content import (
    Author,
    Body,
    Category,
    CategoryPost,
    Comment,
    CommentStatus,
    Post,
    PostAuthor,
    PostStatus,
    Site,
)
from pressroom.cms.store import clock


class Loaders:
    """The loaders of one request, and the few statements that need none."""

    def __init__(self, engine: AsyncEngine, base_url: str) -> None:
        self.base_url = base_url
        self.now = clock.now()
        self._sessions = async_sessionmaker(engine, expire_on_commit=False)

    @cached_property
    def site(self) -> DataLoader[int, Site]:
        return DataLoader(load_fn=self._sites)

    @cached_property
    def body(self) -> DataLoader[int, Body]:
        return DataLoader(load_fn=self._bodies)

    @cached_property
    def authors(self) -> DataLoader[int, list[Author]]:
        return DataLoader(load_fn=self._authors_of_posts)

    @cached_property
    def categories(self) -> DataLoader[int, list[Category]]:
        return DataLoader(load_fn=self._categories_of_posts)

    @cached_property
    def replies(self) -> DataLoader[int, list[Comment]]:
        return DataLoader(load_fn=self._replies)

    async def one(self, statement: Select[Any]) -> Any:
        """Give one entity, or None."""
        async with self._sessions() as session:
            return await session.scalar(statement)

    async def posts(self, first: int, after: str | None) -> Sequence[Post]:
        """Give a page of the site's posts, newest first."""
        statement = select(Post).where(
            Post.status == PostStatus.PUBLISHED, Post.published_at <= self.now
        )
        if after is not None:
            statement = statement.where(tuple_(Post.published_at, Post.id) < _place(after))
        statement = statement.order_by(Post.published_at.desc(), Post.id.desc())
        return await self._all(statement.limit(first))

    async def filed(
        self, entries: type[CategoryPost | PostAuthor], owner: Any, first: int, after: str | None
    ) -> Sequence[Post]:
        """Give a page of the posts under a category or an author, newest first."""
        keys = (entries.published_at, entries.post_id)
        statement = (
            select(Post)
            .join(entries, entries.post_id == Post.id)
            .where(owner, entries.status == PostStatus.PUBLISHED, keys[0] <= self.now)
        )
        if after is not None:
            statement = statement.where(tuple_(*keys) < _place(after))
        return await self._all(statement.order_by(*(key.desc() for key in keys)).limit(first))

    async def threads(self, post_id: int, first: int) -> Sequence[Comment]:
        """Give the first comments on a post itself."""
        statement = select(Comment).where(
            Comment.post_id == post_id, Comment.parent_id.is_(None), *_VISIBLE
        )
        return await self._all(statement.order_by(Comment.ordinal).limit(first))

    async def _sites(self, keys: list[int]) -> list[Site]:
        return await self._in_order(Site, keys)

    async def _bodies(self, keys: list[int]) -> list[Body]:
        return await self._in_order(Body, keys)

    async def _authors_of_posts(self, keys: list[int]) -> list[list[Author]]:
        statement = (
            select(PostAuthor.post_id, Author)
            .join(Author, Author.id == PostAuthor.author_id)
            .where(PostAuthor.post_id.in_(keys))
            .order_by(PostAuthor.position)
        )
        return await self._grouped(statement, keys)

    async def _categories_of_posts(self, keys: list[int]) -> list[list[Category]]:
        statement = (
            select(CategoryPost.post_id, Category)
            .join(Category, Category.id == CategoryPost.category_id)
            .where(CategoryPost.post_id.in_(keys), CategoryPost.position.is_not(None))
            .order_by(CategoryPost.position)
        )
        return await self._grouped(statement, keys)

    async def _replies(self, keys: list[int]) -> list[list[Comment]]:
        statement = select(Comment.parent_id, Comment).where(Comment.parent_id.in_(keys), *_VISIBLE)
        return await self._grouped(statement.order_by(Comment.ordinal), keys)

    async def _all(self, statement: Select[Any]) -> Sequence[Any]:
        async with self._sessions() as session:
            return (await session.scalars(statement)).all()

    async def _in_order(self, table: Any, keys: list[int]) -> list[Any]:
        found = {row.id: row for row in await self._all(select(table).where(table.id.in_(keys)))}
        return [found[key] for key in keys]

    async def _grouped(self, statement: Any, keys: list[int]) -> list[list[Any]]:
        groups: dict[int, list[Any]] = defaultdict(list)
        async with self._sessions() as session:
            for owner, entity in await session.execute(statement):
                groups[owner].append(entity)
        return [groups[key] for key in keys]


_VISIBLE = (
    Comment.ordinal.is_not(None),
    (Comment.status == CommentStatus.APPROVED) | (Comment.reply_count > 0),
)


def _place(cursor: str) -> Any:
    """Read a cursor of ours; that its digest is not checked is in the rival's favour."""
    payload = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))[6:]
    published_at, key = orjson.loads(payload)
    return tuple_(datetime.fromisoformat(published_at), key)
