from datetime import timedelta

import pytest
from factories import EDITOR, make_author, make_category, make_post, markdown

from pressroom.cms.content import Post
from pressroom.cms.errors import Refused, UserErrorCode
from pressroom.cms.services import posts
from pressroom.cms.services.posts import CreatePost, UpdatePost, state
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio


async def update(database: Database, post: Post, **fields: object) -> Post:
    wanted = UpdatePost(id=post.id, version=post.version, **fields)  # type: ignore[arg-type] # each test gives its own fields
    async with unit_of_work(database) as session:
        return await posts.update(session, EDITOR, wanted)


async def stored(database: Database, post: Post) -> Post:
    async with reading_session(database) as session:
        return await session.get_one(Post, post.id)


async def test_a_new_post_is_a_draft_that_nobody_has_seen(database: Database) -> None:
    post = await make_post(database, "Über uns", publish=False)
    assert (post.slug, post.status, post.published_at) == ("uber-uns", "DRAFT", None)
    assert post.version == 1
    assert post.updated_at == post.created_at
    assert (await stored(database, post)).updated_at == post.updated_at


async def test_a_published_post_is_dated_now(database: Database) -> None:
    before = clock.now()
    post = await make_post(database)
    assert post.published_at is not None
    assert before <= post.published_at <= clock.now()
    assert post.updated_at == post.published_at


async def test_a_backdated_post_is_as_old_as_it_says(database: Database) -> None:
    then = clock.now() - timedelta(days=1000)
    post = await make_post(database, published_at=then)
    assert (post.published_at, post.updated_at) == (then, then)


async def test_a_date_without_publication_is_kept_for_later(database: Database) -> None:
    then = clock.now() - timedelta(days=3)
    post = await make_post(database, publish=False, published_at=then)
    assert (post.status, post.published_at) == ("DRAFT", then)
    assert post.updated_at == post.created_at


async def test_an_edit_moves_the_date_of_update_unless_it_is_minor(database: Database) -> None:
    post = await make_post(database, published_at=clock.now() - timedelta(days=9))
    minor = await update(database, post, title="A slip mended", minor=True)
    assert (minor.version, minor.updated_at) == (2, post.updated_at)
    edited = await update(database, minor, title="Something new")
    assert edited.version == 3
    assert edited.updated_at > post.updated_at
    assert edited.published_at == post.published_at


async def test_while_nobody_has_seen_it_even_a_minor_edit_is_the_last_save(
    database: Database,
) -> None:
    post = await make_post(database, publish=False)
    edited = await update(database, post, title="Another", minor=True)
    assert edited.updated_at > post.updated_at


async def test_a_scheduled_post_is_not_older_than_its_publication(database: Database) -> None:
    post = await make_post(database, published_at=clock.now() + timedelta(days=2))
    edited = await update(database, post, title="Another")
    assert edited.updated_at == edited.published_at == post.published_at
    sooner = clock.now() + timedelta(days=1)
    moved = await update(database, edited, published_at=sooner)
    assert (moved.published_at, moved.updated_at) == (sooner, sooner)


async def test_what_changes_nothing_is_not_stored(database: Database) -> None:
    post = await make_post(database, tags=["Tea"])
    same = await update(
        database, post, title=post.title, body=markdown("Some *words*."), tags=["Tea"]
    )
    assert (same.version, same.updated_at) == (1, post.updated_at)


async def test_the_excerpt_is_the_written_one_or_the_opening(database: Database) -> None:
    post = await make_post(database, source="The opening.", excerpt="Written.")
    assert post.excerpt == "Written."
    assert (await update(database, post, excerpt=None)).excerpt == "The opening."


async def test_fields_left_out_stay_as_they_are(database: Database) -> None:
    author, category = await make_author(database), await make_category(database)
    post = await make_post(
        database, authors=[author], categories=[category], tags=["Tea"], sticky=True
    )
    edited = await update(database, post, title="Another")
    async with unit_of_work(database) as session:
        held = await state.hold(session, edited.id, edited.version)
    assert held.links.authors == (author.id,)
    assert held.links.categories == (category.id,)
    assert held.links.tag_names == ("Tea",)
    assert edited.sticky


async def test_all_faults_of_an_input_are_told_at_once(database: Database) -> None:
    wanted = CreatePost(
        title="",
        body=markdown("nul \x00"),
        slug="a/b",
        excerpt="x" * 1001,
        author_ids=[99],
        category_ids=[98],
        tags=["t" * 81],
    )
    with pytest.raises(Refused) as refused:
        async with unit_of_work(database) as session:
            await posts.create(session, EDITOR, wanted)
    assert {(error.path, error.code) for error in refused.value.errors} == {
        (("title",), UserErrorCode.REQUIRED),
        (("body", "markdown"), UserErrorCode.INVALID),
        (("slug",), UserErrorCode.INVALID),
        (("excerpt",), UserErrorCode.TOO_LONG),
        (("authorIds", "0"), UserErrorCode.NOT_FOUND),
        (("categoryIds", "0"), UserErrorCode.NOT_FOUND),
        (("tags", "0"), UserErrorCode.TOO_LONG),
    }


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("title", "x" * 301, UserErrorCode.TOO_LONG),
        ("title", "two\nlines", UserErrorCode.INVALID),
        ("title", "half \ud83d", UserErrorCode.INVALID),
        ("slug", "x" * 101, UserErrorCode.TOO_LONG),
        ("slug", "..", UserErrorCode.INVALID),
        ("tags", ["t"] * 51, UserErrorCode.TOO_MANY),
        ("body", markdown("x" * 1_000_001), UserErrorCode.TOO_LONG),
    ],
)
async def test_every_field_is_bounded(
    sqlite_database: Database, field: str, value: object, code: UserErrorCode
) -> None:
    post = await make_post(sqlite_database)
    with pytest.raises(Refused) as refused:
        await update(sqlite_database, post, **{field: value})
    assert [(error.path[0], error.code) for error in refused.value.errors] == [(field, code)]
    assert (await stored(sqlite_database, post)).version == 1


async def test_a_stale_version_names_the_fields_that_differ(database: Database) -> None:
    post = await make_post(database)
    await update(database, post, title="Theirs", tags=["Tea"])
    stale = UpdatePost(id=post.id, version=1, title="Mine")
    with pytest.raises(Refused) as refused:
        async with unit_of_work(database) as session:
            await posts.update(session, EDITOR, stale)
    assert {error.code for error in refused.value.errors} == {UserErrorCode.CONFLICT}
    assert [error.path for error in refused.value.errors] == [("version",), ("title",), ("tags",)]
    assert (await stored(database, post)).title == "Theirs"


async def test_a_time_without_offset_is_refused(sqlite_database: Database) -> None:
    with pytest.raises(Refused) as refused:
        await make_post(sqlite_database, published_at=clock.now().replace(tzinfo=None))
    assert refused.value.errors[0].path == ("publishedAt",)
