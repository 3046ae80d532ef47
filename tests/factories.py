"""Content for tests, made through the services, each piece in a unit of work of its own."""

import hashlib
from collections.abc import Sequence
from typing import Any

from pressroom.cms.actors import Actor, Role
from pressroom.cms.content import Author, Category, Comment, Image, Post, SourceFormat
from pressroom.cms.services import authors as author_services
from pressroom.cms.services import categories as category_services
from pressroom.cms.services import comments as comment_services
from pressroom.cms.services import posts
from pressroom.cms.services.authors import CreateAuthor
from pressroom.cms.services.categories import CreateCategory
from pressroom.cms.services.comments import moderation
from pressroom.cms.services.posts import CreatePost
from pressroom.cms.services.posts.bodies import BodySource
from pressroom.cms.settings import Settings
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import unit_of_work

EDITOR = Actor(role=Role.EDITOR, name="editor")
READER = Actor()


def markdown(source: str) -> BodySource:
    return BodySource(format=SourceFormat.MARKDOWN, source=source)


async def make_author(database: Database, name: str = "Ada Lovelace", **fields: Any) -> Author:
    async with unit_of_work(database) as session:
        return await author_services.create(session, EDITOR, CreateAuthor(name=name, **fields))


async def make_category(
    database: Database, name: str = "Essays", parent: Category | None = None, **fields: Any
) -> Category:
    wanted = CreateCategory(name=name, parent_id=parent and parent.id, **fields)
    async with unit_of_work(database) as session:
        return await category_services.create(session, EDITOR, wanted)


async def make_image(database: Database, alt: str = "A picture", **fields: Any) -> Image:
    """Store what is told of an image; there are no bytes behind it."""
    told = {"kind": "jpeg", "width": 1_000, "height": 500, "byte_size": 12_345, "frame_count": 1}
    digest = hashlib.sha256(alt.encode()).hexdigest()
    image = Image(
        **{**told, "sha256": digest, "blurhash": "00OZZy", "created_at": clock.now(),
           "alt": alt, "caption": "", **fields}
    )  # fmt: skip
    async with unit_of_work(database) as session:
        session.add(image)
    return image


async def make_post(
    database: Database,
    title: str = "A post",
    source: str = "Some *words*.",
    *,
    publish: bool = True,
    authors: Sequence[Author] = (),
    categories: Sequence[Category] = (),
    **fields: Any,
) -> Post:
    wanted = CreatePost(
        title=title,
        body=markdown(source),
        publish=publish,
        author_ids=[author.id for author in authors],
        category_ids=[category.id for category in categories],
        **fields,
    )
    async with unit_of_work(database) as session:
        return await posts.create(session, EDITOR, wanted)


async def make_comment(
    database: Database,
    post: Post,
    parent: Comment | None = None,
    *,
    name: str = "Reader",
    body: str = "Well said.",
    approve: bool = True,
    **fields: Any,
) -> Comment:
    sent = comment_services.SubmitComment(
        post_id=post.id, parent_id=parent and parent.id, author_name=name, body=body, **fields
    )
    async with unit_of_work(database) as session:
        submitted = await comment_services.submit(session, Settings(), READER, sent)
        if approve:
            action = moderation.ModerationAction.APPROVE
            await moderation.moderate(session, EDITOR, [submitted.comment.id], action)
        return submitted.comment
