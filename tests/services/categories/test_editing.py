import pytest
from factories import EDITOR, make_category, make_post
from sqlalchemy import select

from pressroom.cms.content import Addressed, Category, CategoryPost, Post, RetiredSlug
from pressroom.cms.errors import Refused, UserErrorCode
from pressroom.cms.services import categories
from pressroom.cms.services.categories import DeleteCategory, UpdateCategory
from pressroom.cms.services.check import check
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio


async def update(database: Database, category: Category, **fields: object) -> Category:
    wanted = UpdateCategory(id=category.id, version=category.version, **fields)  # type: ignore[arg-type] # each test gives its own fields
    async with unit_of_work(database) as session:
        return await categories.update(session, EDITOR, wanted)


async def archive(database: Database, category: Category) -> dict[int, int | None]:
    """Give the posts in a category's archive, with their places where they are filed there."""
    async with reading_session(database) as session:
        assert await check(session) == []
        rows = await session.execute(
            select(CategoryPost.post_id, CategoryPost.position).where(
                CategoryPost.category_id == category.id
            )
        )
        stored = await session.get_one(Category, category.id)
        entries = {post_id: position for post_id, position in rows}  # noqa: C416 - rows are not pairs to the type checker
        assert stored.post_count == len(entries)
        return entries


async def test_a_post_stands_under_its_categories_and_all_above_them(database: Database) -> None:
    root = await make_category(database, "Root")
    inner = await make_category(database, "Inner", root)
    other = await make_category(database, "Other")
    post = await make_post(database, categories=[other, inner])
    assert await archive(database, root) == {post.id: None}
    assert await archive(database, inner) == {post.id: 1}
    assert await archive(database, other) == {post.id: 0}


async def test_a_branch_moves_with_all_its_posts(database: Database) -> None:
    left, right = await make_category(database, "Left"), await make_category(database, "Right")
    branch = await make_category(database, "Branch", left)
    leaf = await make_category(database, "Leaf", branch)
    one = await make_post(database, categories=[leaf])
    both = await make_post(database, categories=[leaf, left])
    moved = await update(database, branch, parent_id=right.id)
    assert (moved.parent_id, moved.version) == (right.id, 2)
    assert await archive(database, left) == {both.id: 1}
    assert await archive(database, right) == {one.id: None, both.id: None}
    await update(database, moved, parent_id=None)
    assert await archive(database, right) == {}


async def test_a_category_cannot_stand_below_itself(database: Database) -> None:
    outer = await make_category(database, "Outer")
    inner = await make_category(database, "Inner", outer)
    for parent in (outer, inner):
        with pytest.raises(Refused) as refused:
            await update(database, outer, parent_id=parent.id)
        assert [(error.code, error.path) for error in refused.value.errors] == [
            (UserErrorCode.INVALID, ("parentId",))
        ]


@pytest.mark.parametrize("given", [True, False])
async def test_what_a_deleted_category_held_goes_elsewhere(database: Database, given: bool) -> None:
    parent, other = await make_category(database, "Parent"), await make_category(database, "Other")
    doomed = await make_category(database, "Doomed", parent)
    child = await make_category(database, "Child", doomed)
    heir = other if given else parent
    one = await make_post(database, categories=[doomed])
    two = await make_post(database, categories=[child])
    three = await make_post(database, categories=[heir, doomed])
    fields = {"move_to": other.id} if given else {}
    async with unit_of_work(database) as session:
        wanted = DeleteCategory(id=doomed.id, version=1, **fields)
        assert await categories.delete(session, EDITOR, wanted) == doomed.id
    assert await archive(database, heir) == {one.id: 0, two.id: None, three.id: 0}
    assert await archive(database, child) == {two.id: 0}
    async with reading_session(database) as session:
        assert (await session.get_one(Category, child.id)).parent_id == heir.id
        gone = await session.get_one(RetiredSlug, (Addressed.CATEGORY, "doomed"))
        assert gone.entity_id is None
        assert (await session.get_one(Post, one.id)).version == 1


async def test_a_deleted_root_leaves_its_children_as_roots(database: Database) -> None:
    root = await make_category(database, "Root")
    child = await make_category(database, "Child", root)
    post = await make_post(database, categories=[root])
    async with unit_of_work(database) as session:
        await categories.delete(session, EDITOR, DeleteCategory(id=root.id, version=1))
    assert await archive(database, child) == {}
    async with reading_session(database) as session:
        assert (await session.get_one(Category, child.id)).parent_id is None
        assert await session.get(Post, post.id) is not None


async def test_posts_cannot_go_to_what_is_deleted_with_them(database: Database) -> None:
    root = await make_category(database, "Root")
    child = await make_category(database, "Child", root)
    for heir in (root, child):
        wanted = DeleteCategory(id=root.id, version=1, move_to=heir.id)
        with pytest.raises(Refused):
            async with unit_of_work(database) as session:
                await categories.delete(session, EDITOR, wanted)


async def test_a_stale_version_names_what_differs(database: Database) -> None:
    category = await make_category(database)
    await update(database, category, name="Letters")
    wanted = UpdateCategory(id=category.id, version=1, name="Notes", slug="essays")
    with pytest.raises(Refused) as refused:
        async with unit_of_work(database) as session:
            await categories.update(session, EDITOR, wanted)
    assert [error.path for error in refused.value.errors] == [("version",), ("name",)]


async def test_the_old_address_of_a_category_leads_to_the_new_one(database: Database) -> None:
    category = await make_category(database)
    renamed = await update(database, category, slug="letters")
    assert (renamed.slug, renamed.version) == ("letters", 2)
    async with reading_session(database) as session:
        old = await session.get_one(RetiredSlug, (Addressed.CATEGORY, "essays"))
    assert old.entity_id == category.id


async def test_all_faults_of_a_category_are_told_at_once(database: Database) -> None:
    with pytest.raises(Refused) as refused:
        await make_category(database, " ", slug="a b")
    assert {error.path for error in refused.value.errors} == {("name",), ("slug",)}
