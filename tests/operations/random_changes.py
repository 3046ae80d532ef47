"""Any change that the services know, at random: what readers see of a site, shaken."""

import random
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import factories
from operations.content import Content
from sqlalchemy import select

from pressroom.cms.content import Author, Category, Comment, Post, Tag
from pressroom.cms.errors import Refused
from pressroom.cms.services import authors, categories, posts, tags
from pressroom.cms.services import site as site_services
from pressroom.cms.services.comments import moderation
from pressroom.cms.services.comments.moderation import ModerationAction
from pressroom.cms.services.posts import publication, schedule
from pressroom.cms.store.sessions import unit_of_work

EDITOR = factories.EDITOR


class NoneLeft(Exception):
    """What was to be changed is not there any more: other changes have merged it away."""


class RandomChanges:
    """Changes the magazine, and moves its clock on, as dice tell."""

    def __init__(self, content: Content, dice: random.Random) -> None:
        self._content = content
        self._database = content.database
        self._dice = dice
        self._steps: Sequence[Callable[[], Awaitable[Any]]] = (
            *(self._update_post, self._update_post, self._withdraw_post, self._publish),
            *(self._create_post, self._author, self._category, self._move, self._delete_category),
            *(self._comment, self._comment, self._moderate, self._moderate, self._site),
            *(self._time, self._announce, self._edit_draft),
            *(self._merge_categories, self._merge_authors, self._merge_tags, self._rename_tag),
        )

    async def one(self) -> str:
        """Make one change, if it is allowed, and tell which."""
        self._content.time.pass_by(seconds=1)
        step = self._dice.choice(self._steps)
        try:
            await step()
        except (Refused, NoneLeft) as refused:
            return f"{step.__name__}: {refused}"
        return step.__name__

    async def _any(self, kind: Any, *conditions: Any) -> Any:
        async with unit_of_work(self._database) as session:
            rows = (await session.scalars(select(kind).where(*conditions).order_by(kind.id))).all()
        if not rows:
            raise NoneLeft("nothing is left of the kind")
        return self._dice.choice(rows)

    async def _do(self, service: Any, wanted: Any) -> None:
        async with unit_of_work(self._database) as session:
            await service(session, EDITOR, wanted)

    def _word(self) -> str:
        return self._dice.choice(["Alpha", "Beta", "Gamma", "Delta", "Paper", "words"])

    async def _change(self, post: Post) -> None:
        tags = self._dice.sample(["Ink", "Paper", "Glue", self._word()], 2)
        days = self._dice.randint(-3, 1)
        changes: list[dict[str, Any]] = [
            {"title": self._word()},
            {"body": factories.markdown(f"Of {self._word()}.")},
            {"tags": tags},
            {"slug": f"{self._word().lower()}-{self._dice.randint(1, 9)}"},
            {"author_ids": [(await self._any(Author)).id]},
            {"category_ids": [(await self._any(Category)).id]},
            {"published_at": self._content.time.now + timedelta(days=days)},
            {"sticky": not post.sticky},
            {"comments_open": not post.comments_open},
        ]
        change = self._dice.choice(changes)
        await self._do(posts.update, posts.UpdatePost(id=post.id, version=post.version, **change))

    async def _update_post(self) -> None:
        await self._change(await self._any(Post))

    async def _edit_draft(self) -> None:
        await self._change(await self._any(Post, Post.status != "PUBLISHED"))

    async def _withdraw_post(self) -> None:
        post = await self._any(Post)
        verbs = [publication.unpublish, publication.archive, publication.trash, publication.delete]
        wanted = publication.PostAction(id=post.id, version=post.version)
        await self._do(self._dice.choice(verbs), wanted)

    async def _publish(self) -> None:
        post = await self._any(Post)
        at = self._content.time.now + timedelta(hours=self._dice.randint(-30, 3))
        await self._do(
            publication.publish, publication.PublishPost(id=post.id, version=post.version, at=at)
        )

    async def _create_post(self) -> None:
        filed = {"categories": [await self._any(Category)], "authors": [await self._any(Author)]}
        await factories.make_post(self._database, self._word(), tags=[self._word()], **filed)

    async def _author(self) -> None:
        author = await self._any(Author)
        await self._do(authors.update, authors.UpdateAuthor(id=author.id, name=self._word()))

    async def _category(self) -> None:
        category = await self._any(Category)
        change = self._dice.choice([{"name": self._word()}, {"slug": self._word().lower()}])
        wanted = categories.UpdateCategory(id=category.id, version=category.version, **change)
        await self._do(categories.update, wanted)

    async def _move(self) -> None:
        category, parent = await self._any(Category), await self._any(Category)
        above = None if parent.id == category.id else parent.id
        wanted = categories.UpdateCategory(
            id=category.id, version=category.version, parent_id=above
        )
        await self._do(categories.update, wanted)

    async def _delete_category(self) -> None:
        if self._dice.random() < 0.7:
            await factories.make_category(self._database, self._word())
            return
        category = await self._any(Category)
        wanted = categories.DeleteCategory(id=category.id, version=category.version)
        await self._do(categories.delete, wanted)

    async def _merge_categories(self) -> None:
        category, into = await self._any(Category), await self._any(Category)
        wanted = categories.MergeCategories(id=category.id, version=category.version, into=into.id)
        await self._do(categories.merge, wanted)

    async def _merge_authors(self) -> None:
        if self._dice.random() < 0.6:
            await factories.make_author(self._database, self._word())
            return
        author, other = await self._any(Author), await self._any(Author)
        if self._dice.random() < 0.5:
            await self._do(authors.merge, authors.MergeAuthors(id=author.id, into=other.id))
        else:
            await self._do(authors.delete, authors.DeleteAuthor(id=author.id, move_to=other.id))

    async def _merge_tags(self) -> None:
        tag, into = await self._any(Tag), await self._any(Tag)
        if self._dice.random() < 0.5:
            await self._do(tags.merge, tags.MergeTags(id=tag.id, into=into.id))
        else:
            await self._do(tags.delete, tags.DeleteTag(id=tag.id))

    async def _rename_tag(self) -> None:
        tag, change = await self._any(Tag), self._dice.choice(["name", "slug"])
        await self._do(tags.update, tags.UpdateTag(id=tag.id, **{change: self._word()}))

    async def _comment(self) -> None:
        post = await self._any(Post, Post.status == "PUBLISHED")
        approve = self._dice.random() < 0.7
        await factories.make_comment(self._database, post, body=self._word(), approve=approve)

    async def _moderate(self) -> None:
        comment = await self._any(Comment)
        action = self._dice.choice(list(ModerationAction))
        async with unit_of_work(self._database) as session:
            await moderation.moderate(session, EDITOR, [comment.id], action)

    async def _site(self) -> None:
        change = self._dice.choice(
            [{"title": self._word()}, {"url": f"https://{self._word().lower()}.example"}]
        )
        await self._do(site_services.update_site, site_services.UpdateSite(**change))

    async def _time(self) -> None:
        self._content.time.pass_by(hours=1)

    async def _announce(self) -> None:
        async with unit_of_work(self._database) as session:
            await schedule.announce_due(session)
