"""Content in every state that there is, for operations that nobody foresaw."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from factories import EDITOR, make_author, make_category, make_image, markdown
from sqlalchemy import insert, select

from pressroom.cms.content import Base, Body, Category, Comment, CommentStatus, Post, PostStatus
from pressroom.cms.services import posts
from pressroom.cms.services.comments import moderation
from pressroom.cms.services.comments.importing import ImportComment, import_comment
from pressroom.cms.services.comments.moderation import ModerationAction
from pressroom.cms.services.posts import UpdatePost, publication
from pressroom.cms.services.posts.importing import ImportPost, import_post
from pressroom.cms.services.posts.publication import PostAction
from pressroom.cms.settings import Settings
from pressroom.cms.store import search
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import unit_of_work

BEGINNING = datetime(2024, 2, 29, 23, 59, 59, 123456, UTC)
WORDS = ["bread", "kitchen", "letter", "Käse"]
PUBLISHED, APPROVED = PostStatus.PUBLISHED, CommentStatus.APPROVED


async def fill(database: Database) -> None:
    """Make a small site that has everything."""
    ada = await make_author(database, "Ada", bio="Writes.", url="https://ada.example/")
    bea = await make_author(database, "Bea")
    await make_author(database, "Zoë, who never wrote")
    home = await make_category(database, "Home", description="Within four walls.")
    kitchen = await make_category(database, "Kitchen", home)
    bread = await make_category(database, "Bread & Käse", kitchen)
    await make_category(database, "Empty", home)
    letters = await make_category(database, "letters")
    plate, moving, _ = [
        await make_image(database, f"Image {number}", created_at=BEGINNING, **told)
        for number, told in enumerate([{"caption": "Käse"}, {"frame_count": 3}, {"width": 90}])
    ]
    filler = Filler(database)
    for number, (authors, categories, tags) in enumerate(
        [
            ([ada, bea], [bread, letters], ["bread", "rye"]),
            ([bea], [kitchen], ["bread"]),
            ([], [], []),
            ([ada], [home, bread, kitchen], ["rye", "bread", "Käse"]),
            ([bea, ada], [letters], []),
            ([ada], [kitchen], ["Käse"]),
        ]
    ):
        linked = {
            "author_ids": [author.id for author in authors],
            "category_ids": [category.id for category in categories],
            "tags": tags,
            "image_id": [None, plate.id, moving.id][number % 3],
        }
        await filler.post(f"About {WORDS[number % 4]} {number}", number, **linked)
    await filler.states(kitchen, ada.id)
    await filler.threads()


class Filler:
    """Stores posts and comments with dates that do not depend on when the tests run."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.posts: list[Post] = []
        self._numbers = itertools.count()

    async def post(
        self, title: str, day: int, status: PostStatus = PUBLISHED, **fields: Any
    ) -> Post:
        # Every other two posts came out at one instant: their keys must decide.
        instant = BEGINNING + timedelta(days=day - day % 2)
        wanted = ImportPost(
            title=title,
            body=markdown(
                f"Of **{title}**.\n\n## One\n\nA letter, {'bread ' * day}.\n\n### Two\n\nEnd."
            ),
            status=status,
            published_at=fields.pop("published_at", instant),
            created_at=BEGINNING,
            updated_at=instant + timedelta(hours=day % 3),
            excerpt="An *excerpt*." if day % 3 else None,
            sticky=day == 3,
            comments_open=day != 4,
            **fields,
        )
        async with unit_of_work(self.database) as session:
            post = await import_post(session, EDITOR, wanted)
        self.posts.append(post)
        return post

    async def states(self, category: Category, author_id: int) -> None:
        """Store posts that readers do not see, and one that was changed, moved and deleted each."""
        linked: dict[str, Any] = {
            "category_ids": [category.id],
            "author_ids": [author_id],
            "tags": ["bread"],
        }
        await self.post("A draft", 6, PostStatus.DRAFT, published_at=None, **linked)
        await self.post("Archived", 7, PostStatus.ARCHIVED, **linked)
        await self.post("Trashed", 8, PostStatus.TRASHED, **linked)
        far = BEGINNING.replace(year=2999, day=28)
        await self.post("To come", 9, PostStatus.SCHEDULED, published_at=far, **linked)
        changed = UpdatePost(id=self.posts[1].id, version=1, title="Changed", slug="changed")
        async with unit_of_work(self.database) as session:
            await posts.update(session, EDITOR, changed)
        gone = await self.post("Gone", 2, PostStatus.TRASHED, former_slugs=["once-gone"], **linked)
        async with unit_of_work(self.database) as session:
            await publication.delete(session, EDITOR, PostAction(id=gone.id, version=gone.version))
        self.posts.remove(gone)

    async def threads(self) -> None:
        """Store threads three deep under two public posts, and comments that were removed."""
        for post in (self.posts[0], self.posts[3]):
            first = await self.comment(post, url="https://reader.example/", verified=True)
            second = await self.comment(post, first, email="reader@sample.example")
            await self.comment(post, second, edited_at=BEGINNING + timedelta(days=99))
            await self.comment(post, first, status=CommentStatus.PENDING)
            removed = await self.comment(post, first)
            await self.comment(post, removed)
            alone = await self.comment(post)
            await self.comment(post, status=CommentStatus.SPAM)
            async with unit_of_work(self.database) as session:
                ids = [removed.id, alone.id]
                await moderation.moderate(session, EDITOR, ids, ModerationAction.TRASH)
        trashed = next(post for post in self.posts if post.status is PostStatus.TRASHED)
        await self.comment(trashed)

    async def comment(
        self,
        post: Post,
        parent: Comment | None = None,
        status: CommentStatus = APPROVED,
        email: str | None = None,
        url: str | None = None,
        **fields: Any,
    ) -> Comment:
        number = next(self._numbers)
        given = ImportComment(
            post_id=post.id,
            parent_id=parent and parent.id,
            author_name=f"Reader {number}",
            author_email=email,
            author_url=url,
            body=f"About *bread* {number}.",
            status=status,
            submitted_at=BEGINNING + timedelta(days=30, minutes=number // 2),
            source_key=f"comment {number}",
            **fields,
        )
        async with unit_of_work(self.database) as session:
            return (await import_comment(session, Settings(), EDITOR, given)).comment


async def copy(source: Database, target: Database) -> None:
    """Copy all content to a database of another kind, keys and instants included."""
    tables = Base.metadata.sorted_tables
    async with source.engine.connect() as reading, target.engine.begin() as writing:
        for table in reversed(tables):
            await writing.execute(table.delete())
        for table in tables:
            rows = (await reading.execute(select(table).order_by(*table.primary_key))).mappings()
            if found := [dict(row) for row in rows]:
                await writing.execute(insert(table), found)
    texts = select(Post.id, Post.title, Body.text).join(Body, Body.id == Post.body_id)
    async with unit_of_work(target) as session:
        for post_id, title, text in (await session.execute(texts)).all():
            await search.index_post(session, post_id, title, text)
