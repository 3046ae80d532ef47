import pytest
from factories import EDITOR, make_author, make_category, make_post, markdown
from sqlalchemy import func, select

from pressroom.cms.content import Body, Post, Revision
from pressroom.cms.errors import Refused, UserErrorCode
from pressroom.cms.services import categories, posts
from pressroom.cms.services.categories import DeleteCategory
from pressroom.cms.services.check import check
from pressroom.cms.services.posts import UpdatePost, revisions
from pressroom.cms.services.posts.revisions import RevertPost
from pressroom.cms.services.posts.state import hold
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio


async def edit(database: Database, post: Post, title: str, source: str) -> Post:
    wanted = UpdatePost(id=post.id, version=post.version, title=title, body=markdown(source))
    async with unit_of_work(database) as session:
        return await posts.update(session, EDITOR, wanted)


async def revert(database: Database, post: Post, to_version: int) -> Post:
    wanted = RevertPost(id=post.id, version=post.version, to_version=to_version)
    async with unit_of_work(database) as session:
        return await revisions.revert(session, EDITOR, wanted)


async def test_a_post_goes_back_to_an_earlier_version_as_a_new_one(database: Database) -> None:
    author, category = await make_author(database), await make_category(database)
    post = await make_post(
        database, "One", "First.", authors=[author], categories=[category], tags=["Tea"]
    )
    second = await edit(database, post, "Two", "Second.")
    async with unit_of_work(database) as session:
        await categories.delete(session, EDITOR, DeleteCategory(id=category.id, version=1))
    third = await revert(database, second, 1)
    assert (third.version, third.title, third.excerpt, third.slug) == (3, "One", "First.", "one")
    async with reading_session(database) as session:
        body = await session.get_one(Body, third.body_id)
        held = await hold(session, post.id, 3)
        saved = await session.get_one(Revision, (post.id, 2))
        assert await check(session) == []
    assert body.source == "First."
    assert held.links.authors == (author.id,)
    assert held.links.categories == ()
    assert (saved.title, saved.saved_by) == ("Two", "editor")


async def test_there_is_no_way_to_a_version_that_was_never(database: Database) -> None:
    post = await make_post(database)
    with pytest.raises(Refused) as refused:
        await revert(database, post, 7)
    assert refused.value.errors[0].code == UserErrorCode.NOT_FOUND


async def test_pruning_keeps_the_newest_and_the_bodies_in_use(database: Database) -> None:
    post = await make_post(database, "One", "First.")
    for number in range(4):
        post = await edit(database, post, f"Title {number}", f"Body {number // 2}.")
    async with unit_of_work(database) as session:
        assert await revisions.prune(session, keep=2) == 3
        assert await revisions.prune(session, keep=0) == 1
        assert await session.scalar(select(func.count()).select_from(Revision)) == 1
        assert await session.scalar(select(func.count()).select_from(Body)) == 1
        assert await check(session) == []
