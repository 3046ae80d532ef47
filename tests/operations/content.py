"""A small magazine that has something of everything, the same wherever it is made."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import factories
from sqlalchemy import update

from pressroom.cms.actors import Role
from pressroom.cms.content import Author, Category, Comment, Image, Post, Site
from pressroom.cms.services import posts, tokens
from pressroom.cms.services.comments import moderation
from pressroom.cms.services.comments.moderation import ModerationAction
from pressroom.cms.services.posts import publication
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.keys import encode_id
from pressroom.cms.store.sessions import unit_of_work

TODAY = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = datetime(2100, 1, 1, tzinfo=UTC)
EDITOR_TOKEN = "editor"
MODERATOR_TOKEN = "moderator"

BODY = """Some *words* about [printing](https://print.example/page).

## Ink & paper

> Quoted.

![A press](https://images.example/press.png)

### Ünïcode
"""


@dataclass
class Time:
    """A clock that stands still until it is moved on."""

    now: datetime = TODAY

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **length: float) -> None:
        self.now += timedelta(**length)


@dataclass
class Content:
    """What was made, by the names that operations call it by."""

    database: Database
    time: Time = field(default_factory=Time)
    authors: dict[str, Author] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    images: dict[str, Image] = field(default_factory=dict)
    posts: dict[str, Post] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def ids(self) -> dict[str, str]:
        """Give the global ids of everything, by its name with its type behind it."""
        kinds: list[tuple[str, dict[str, Any]]] = [
            ("Author", self.authors),
            ("Category", self.categories),
            ("Image", self.images),
            ("Post", self.posts),
            ("Comment", self.comments),
        ]
        return {
            f"{name}{kind}": encode_id(kind, thing.id)
            for kind, things in kinds
            for name, thing in things.items()
        }

    async def make(self) -> None:
        async with unit_of_work(self.database) as session:
            await session.execute(update(Site).values(secret=b"s" * 32))
        await self._make_subjects()
        await self._make_images()
        await self._make_posts()
        await self._change_posts()
        await self._make_comments()
        await self._make_tokens()

    async def _make_subjects(self) -> None:
        make, database = factories.make_category, self.database
        essays = await make(database, "Essays", description="Long ones.")
        reading = await make(database, "Reading", essays)
        poetry = await make(database, "Poetry", reading)
        self.categories |= {"essays": essays, "reading": reading, "poetry": poetry}
        self.categories["elan"] = await make(database, "Élan")
        author = factories.make_author
        ada = await author(database, "Ada", bio="Counts.", url="https://ada.example/")
        self.authors |= {"ada": ada, "emile": await author(database, "Émile")}

    async def _make_images(self) -> None:
        for name, told in {
            "plate": {"caption": "As it was."},
            "moving": {"kind": "gif", "frame_count": 9},
            "proof": {"width": 90},
        }.items():
            self.images[name] = await factories.make_image(self.database, f"A {name}", **told)

    async def _make_posts(self) -> None:
        image_ids = {name: image.id for name, image in self.images.items()}
        categories, authors = self.categories, self.authors
        both = [authors["emile"], authors["ada"]]
        await self._post("press", source=BODY, authors=both, tags=["Ink", "Paper"], sticky=True,
                         image_id=image_ids["plate"],
                         categories=[categories["poetry"], categories["elan"]])  # fmt: skip
        await self._post("paper", source="About paper.", tags=["Paper", "Ink"],
                         image_id=image_ids["moving"],
                         authors=both[1:], categories=[categories["reading"]])  # fmt: skip
        await self._post("twin", source="At the same instant.", published_at=TODAY,
                         categories=[categories["essays"]], tags=["Ink"])  # fmt: skip
        await self._post("closed", comments_open=False, excerpt="Say no more.")
        await self._post("scheduled", published_at=LATER, tags=["Ink"],
                         authors=both, categories=[categories["poetry"]])  # fmt: skip
        await self._post("draft", publish=False, image_id=image_ids["proof"])
        for name in ("archived", "trashed", "deleted", "moved"):
            await self._post(name)

    async def _post(self, name: str, **fields: Any) -> None:
        self.time.pass_by(hours=1)
        given = {"source": f"This is {name}.", **fields}
        self.posts[name] = await factories.make_post(self.database, name.capitalize(), **given)

    async def _change_posts(self) -> None:
        self.time.pass_by(days=1)
        await self.step("archived", publication.archive)
        await self.step("trashed", publication.trash)
        await self.step("deleted", publication.trash)
        await self.step("deleted", publication.delete)
        await self._update("moved", slug="moved-away")
        await self._update("press", body=factories.markdown(BODY + "\nMore.\n"))

    async def step(self, name: str, verb: Any) -> None:
        post = self.posts[name]
        action = publication.PostAction(id=post.id, version=post.version)
        async with unit_of_work(self.database) as session:
            changed = await verb(session, factories.EDITOR, action)
        if isinstance(changed, Post):
            self.posts[name] = changed

    async def _update(self, name: str, **fields: Any) -> None:
        post = self.posts[name]
        change = posts.UpdatePost(id=post.id, version=post.version, **fields)
        async with unit_of_work(self.database) as session:
            self.posts[name] = await posts.update(session, factories.EDITOR, change)

    async def _make_comments(self) -> None:
        await self._comment("first", url="https://jenn.example/", email="jenn@mail.example")
        await self._comment("reply", "first")
        await self._comment("deep", "reply")
        await self._comment("deeper", "deep")
        await self._comment("second")
        await self._comment("answer", "second")
        await self._comment("third")
        await self._comment("pending", approve=False)
        await self._moderate("second", ModerationAction.TRASH)
        await self._moderate("third", ModerationAction.SPAM)

    async def _comment(
        self, name: str, parent: str | None = None, *, approve: bool = True, **sender: str
    ) -> None:
        self.time.pass_by(minutes=1)
        self.comments[name] = await factories.make_comment(
            self.database,
            self.posts["press"],
            self.comments[parent] if parent else None,
            name=name.capitalize(),
            body=f"The *{name}* comment.",
            approve=approve,
            **{f"author_{key}": value for key, value in sender.items()},
        )

    async def _moderate(self, name: str, action: ModerationAction) -> None:
        async with unit_of_work(self.database) as session:
            await moderation.moderate(session, factories.EDITOR, [self.comments[name].id], action)

    async def _make_tokens(self) -> None:
        for role in (Role.EDITOR, Role.MODERATOR, Role.ADMIN):
            wanted = tokens.CreateToken(
                name=role.lower(), role=role, author_id=self.authors["ada"].id
            )
            async with unit_of_work(self.database) as session:
                made = await tokens.create(session, factories.EDITOR, wanted)
            self.tokens[role.lower()] = made.secret


@asynccontextmanager
async def making(database: Database) -> AsyncIterator[Content]:
    """Make the magazine, and have its clock tell the time for as long as the context lasts."""
    content = Content(database)
    with clock.told_by(content.time):
        await content.make()
        content.time.pass_by(days=1)
        yield content
