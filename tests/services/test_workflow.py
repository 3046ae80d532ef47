"""Any sequence of changes leaves the store as a recomputation from scratch would make it."""

import asyncio
import dataclasses
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import databases
from factories import EDITOR, make_author, make_category, make_comment, make_post, markdown
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from pressroom.cms.content import Addressed, Author, Category, Post, RetiredSlug, Tag
from pressroom.cms.errors import Refused
from pressroom.cms.services import authors, categories, posts, tags
from pressroom.cms.services.authors import DeleteAuthor, MergeAuthors
from pressroom.cms.services.categories import DeleteCategory, MergeCategories, UpdateCategory
from pressroom.cms.services.check import check
from pressroom.cms.services.posts import UpdatePost, publication, revisions, schedule
from pressroom.cms.services.posts.publication import PostAction, PublishPost
from pressroom.cms.services.posts.revisions import RevertPost
from pressroom.cms.services.tags import MergeTags
from pressroom.cms.settings import Settings
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

STEPS = 50
VERBS: list[Callable[..., Awaitable[Any]]] = [
    publication.unpublish,
    publication.archive,
    publication.trash,
    publication.restore,
    publication.delete,
]


class Walk:
    """Changes chosen at random, most of which make sense."""

    def __init__(self, database: Database, random: Random) -> None:
        self.database = database
        self.random = random
        self.addresses: set[str] = set()
        """The slugs by which readers came to know posts."""

    async def walk(self, names: list[str]) -> None:
        """Take the steps, and see at the end that all is as it should be."""
        for name in names:
            await self.fill()
            with suppress(Refused):
                await getattr(self, name)()
            await self.look()
        async with reading_session(self.database) as session:
            assert await check(session) == []
            borne = set(await session.scalars(select(Post.slug)))
            retired = select(RetiredSlug.slug).where(RetiredSlug.kind == Addressed.POST)
            assert self.addresses <= borne | set(await session.scalars(retired))

    async def fill(self) -> None:
        """See that there is something to change."""
        async with reading_session(self.database) as session:
            missing = [
                make
                for table, make in _MAKERS.items()
                if await session.scalar(select(table.id).limit(1)) is None
            ]
        for make in missing:
            await make(self.database)

    async def look(self) -> None:
        """See what readers see."""
        async with unit_of_work(self.database) as session:
            await schedule.announce_due(session)
            public = select(Post.slug).where(Post.announced)
            self.addresses.update(await session.scalars(public))

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


_MAKERS: dict[type[Any], Callable[[Database], Awaitable[Any]]] = {
    Category: make_category,
    Author: make_author,
    Post: make_post,
}
CHANGES = [
    "create",
    "edit",
    "publish",
    "move_on",
    "revert",
    "grow_tree",
    "move_category",
    "delete_category",
    "merge_categories",
    "hire",
    "merge_authors",
    "delete_author",
    "merge_tags",
    "comment",
]


@settings(
    max_examples=8,
    deadline=None,
    # The fixture makes a new database for each example.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    names=st.lists(st.sampled_from(CHANGES), min_size=STEPS // 2, max_size=STEPS),
    random=st.randoms(),
)
def test_any_walk_leaves_the_store_sound(
    any_databases: databases.Databases, names: list[str], random: Random
) -> None:
    """Counts, archives, index, journal, revisions and old slugs are as if made from scratch."""
    url = any_databases.migrated()
    asyncio.run(_walk(dataclasses.replace(databases.SETTINGS, database_url=url), names, random))
    any_databases.drop(url)


async def _walk(settings: Settings, names: list[str], random: Random) -> None:
    database = Database(settings)
    try:
        await Walk(database, random).walk(names)
    finally:
        await database.close()
