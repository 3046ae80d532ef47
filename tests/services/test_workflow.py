"""Any sequence of changes leaves the store as a recomputation from scratch would make it."""

import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from factories import EDITOR, make_author, make_category, make_comment, make_post, markdown
from sqlalchemy import select

from pressroom.cms.content import Author, Category, Post, Tag
from pressroom.cms.errors import Refused
from pressroom.cms.services import authors, categories, posts, tags
from pressroom.cms.services.authors import DeleteAuthor, MergeAuthors
from pressroom.cms.services.categories import DeleteCategory, MergeCategories, UpdateCategory
from pressroom.cms.services.check import check
from pressroom.cms.services.posts import UpdatePost, publication, revisions, schedule
from pressroom.cms.services.posts.publication import PostAction, PublishPost
from pressroom.cms.services.posts.revisions import RevertPost
from pressroom.cms.services.tags import MergeTags
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio

STEPS = 100
VERBS: list[Callable[..., Awaitable[Any]]] = [
    publication.unpublish,
    publication.archive,
    publication.trash,
    publication.restore,
    publication.delete,
]


class Walk:
    """Changes chosen at random, most of which make sense."""

    def __init__(self, database: Database, seed: int) -> None:
        self.database = database
        self.random = random.Random(seed)
        self.stored = 0

    async def step(self) -> None:
        changes = [self.create, self.edit, self.publish, self.move_on, self.revert]
        changes += [self.edit, self.grow_tree, self.grow_tree, self.move_category]
        changes += [self.move_category, self.delete_category, self.merge_categories]
        changes += [self.hire, self.merge_authors, self.delete_author, self.merge_tags]
        changes += [self.comment]
        with suppress(Refused):
            await self.random.choice(changes)()
            self.stored += 1

    async def some(self, table: type[Any]) -> list[Any]:
        async with reading_session(self.database) as session:
            rows = list(await session.scalars(select(table).order_by(table.id)))
        return self.random.sample(rows, min(len(rows), self.random.randrange(4)))

    async def one(self, table: type[Any]) -> Any:
        async with reading_session(self.database) as session:
            return self.random.choice(list(await session.scalars(select(table).order_by(table.id))))

    def instant(self) -> Any:
        return clock.now() + timedelta(days=self.random.randint(-3, 3), seconds=-1)

    async def create(self) -> None:
        await make_post(
            self.database,
            self.random.choice(["Bread", "Soup", "Käse"]),
            publish=self.random.random() < 0.6,
            published_at=self.random.choice([None, self.instant()]),
            categories=await self.some(Category),
            authors=await self.some(Author),
            tags=self.random.sample(["a", "b", "c"], self.random.randrange(3)),
        )

    async def edit(self) -> None:
        post: Post = await self.one(Post)
        fields: dict[str, Any] = {
            "title": self.random.choice(["Tea", "Jam", "Rye"]),
            "body": markdown(self.random.choice(["One.", "Two."])),
            "slug": self.random.choice(["x", "y", "z"]),
            "category_ids": [category.id for category in await self.some(Category)],
            "author_ids": [author.id for author in await self.some(Author)],
            "tags": self.random.sample(["a", "b", "c"], 2),
            "published_at": self.instant(),
            "minor": True,
        }
        chosen = self.random.sample(sorted(fields), 3)
        wanted = {name: fields[name] for name in chosen}
        async with unit_of_work(self.database) as session:
            await posts.update(
                session, EDITOR, UpdatePost(id=post.id, version=post.version, **wanted)
            )

    async def publish(self) -> None:
        post: Post = await self.one(Post)
        at = self.random.choice([None, self.instant()])
        async with unit_of_work(self.database) as session:
            await publication.publish(
                session, EDITOR, PublishPost(id=post.id, version=post.version, at=at)
            )
            await schedule.announce_due(session)

    async def move_on(self) -> None:
        post: Post = await self.one(Post)
        async with unit_of_work(self.database) as session:
            verb = self.random.choice(VERBS)
            await verb(session, EDITOR, PostAction(id=post.id, version=post.version))

    async def revert(self) -> None:
        post: Post = await self.one(Post)
        to_version = self.random.randint(1, post.version)
        async with unit_of_work(self.database) as session:
            wanted = RevertPost(id=post.id, version=post.version, to_version=to_version)
            await revisions.revert(session, EDITOR, wanted)

    async def grow_tree(self) -> None:
        parents = [*await self.some(Category), None]
        await make_category(self.database, "Branch", self.random.choice(parents))

    async def move_category(self) -> None:
        category: Category = await self.one(Category)
        parents = [*[each.id for each in await self.some(Category)], None]
        wanted = UpdateCategory(
            id=category.id, version=category.version, parent_id=self.random.choice(parents)
        )
        async with unit_of_work(self.database) as session:
            await categories.update(session, EDITOR, wanted)

    async def delete_category(self) -> None:
        category: Category = await self.one(Category)
        async with unit_of_work(self.database) as session:
            wanted = DeleteCategory(id=category.id, version=category.version)
            await categories.delete(session, EDITOR, wanted)

    async def merge_categories(self) -> None:
        category: Category = await self.one(Category)
        into: Category = await self.one(Category)
        async with unit_of_work(self.database) as session:
            wanted = MergeCategories(id=category.id, version=category.version, into=into.id)
            await categories.merge(session, EDITOR, wanted)

    async def hire(self) -> None:
        await make_author(self.database)

    async def merge_authors(self) -> None:
        author, into = await self.one(Author), await self.one(Author)
        async with unit_of_work(self.database) as session:
            await authors.merge(session, EDITOR, MergeAuthors(id=author.id, into=into.id))

    async def delete_author(self) -> None:
        author, heirs = await self.one(Author), await self.some(Author)
        heir = heirs[0].id if heirs else None
        async with unit_of_work(self.database) as session:
            await authors.delete(session, EDITOR, DeleteAuthor(id=author.id, move_to=heir))

    async def merge_tags(self) -> None:
        some = await self.some(Tag)
        if len(some) > 1:
            async with unit_of_work(self.database) as session:
                wanted = MergeTags(id=some[0].id, into=some[1].id)
                await tags.merge(session, EDITOR, wanted)

    async def comment(self) -> None:
        body = f"Word {self.random.random()}"
        await make_comment(self.database, await self.one(Post), body=body)


@pytest.mark.parametrize("seed", range(4))
async def test_any_walk_leaves_the_store_sound(database: Database, seed: int) -> None:
    await make_author(database)
    await make_category(database, "Root")
    await make_post(database)
    walk = Walk(database, seed)
    for number in range(STEPS):
        async with reading_session(database) as session:
            if not list(await session.scalars(select(Category.id))):
                await make_category(database, "Root")
            if not list(await session.scalars(select(Author.id))):
                await make_author(database)
            if not list(await session.scalars(select(Post.id))):
                await make_post(database)
        await walk.step()
        if number % 10 == 9:
            async with reading_session(database) as session:
                assert await check(session) == []
    assert walk.stored > STEPS / 2
