from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import factories
import pytest
from services.statements import counted_reading
from sqlalchemy import update

from pressroom.cms.content import Site
from pressroom.cms.errors import NotFound
from pressroom.cms.renditions.formats.core import FORMATS
from pressroom.cms.renditions.formats.format import Formats, Unavailable
from pressroom.cms.renditions.formats.options import Paper, RenditionOptions
from pressroom.cms.renditions.offer.door import Rendition, RenditionStatus, Superseded
from pressroom.cms.renditions.offer.posts import PostRenditions
from pressroom.cms.services import authors, categories, posts
from pressroom.cms.services.authors import UpdateAuthor
from pressroom.cms.services.categories import DeleteCategory
from pressroom.cms.services.posts import UpdatePost, publication
from pressroom.cms.store import clock
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import unit_of_work

pytestmark = pytest.mark.anyio

PRINT_HTML = FORMATS.named("PRINT_HTML")
PLAIN = RenditionOptions()
WITH_COMMENTS = RenditionOptions(comments=True)


async def address(
    renditions: PostRenditions, post_id: int, options: RenditionOptions = PLAIN
) -> str:
    return renditions.address(await renditions.facts(post_id), PRINT_HTML, options).relative


async def printed(
    renditions: PostRenditions, post_id: int, options: RenditionOptions = PLAIN
) -> bytes:
    facts = await renditions.facts(post_id)
    return (await renditions.make(facts, PRINT_HTML, options)).output.content


async def test_everything_is_on_the_page(database: Database, renditions: PostRenditions) -> None:
    ada, jean = await factories.make_author(database), await factories.make_author(database, "Jean")
    essays = await factories.make_category(database)
    below = await factories.make_category(database, "Letters", essays)
    post = await factories.make_post(database, authors=[jean, ada], categories=[below])
    first = await factories.make_comment(database, post, body="First")
    await factories.make_comment(database, post, body="Second")
    await factories.make_comment(database, post, first, body="Reply")
    await factories.make_comment(database, post, first, body="Hidden", approve=False)
    html = (await printed(renditions, post.id, WITH_COMMENTS)).decode()
    assert "By <bdi>Jean</bdi>, <bdi>Ada Lovelace</bdi>" in html
    assert "Categories: <bdi>Letters</bdi>" in html
    assert "<em>words</em>" in html
    assert "Comments (3)" in html
    assert html.index("First") < html.index("Reply") < html.index("Second")
    assert "Hidden" not in html


async def test_the_number_of_statements_is_fixed(
    database: Database, renditions: PostRenditions
) -> None:
    post = await factories.make_post(
        database, authors=[await factories.make_author(database, name) for name in "abc"]
    )
    for _ in range(3):
        await factories.make_comment(database, post, body=f"Comment {_}")
    facts = await renditions.facts(post.id)
    with counted_reading(database) as statements:
        await renditions.make(facts, PRINT_HTML, WITH_COMMENTS)
    assert len(statements) == 5


async def test_measured_is_what_is_fetched(database: Database, renditions: PostRenditions) -> None:
    post = await factories.make_post(database, source="![](https://example.org/a.png)")
    facts = await renditions.facts(post.id)
    found = await renditions.tell(facts, "PRINT_HTML", PLAIN, "https://api.example/cms")
    content = await printed(renditions, post.id)
    assert found == Rendition(
        format="PRINT_HTML",
        status=RenditionStatus.READY,
        url=f"https://api.example/cms/renditions/{await address(renditions, post.id)}",
        media_type="text/html; charset=utf-8",
        byte_size=len(content),
        sha256=sha256(content).hexdigest(),
        warnings=("An image has no description: https://example.org/a.png",),
    )


async def test_described_without_being_made(database: Database, renditions: PostRenditions) -> None:
    post = await factories.make_post(database)
    facts = await renditions.facts(post.id)
    options = RenditionOptions(paper=Paper.A5)
    described = renditions.describe(facts, "PRINT_HTML", options, "https://api.example")
    made = await renditions.tell(facts, "PRINT_HTML", options, "https://api.example")
    assert described == replace(made, byte_size=None, sha256=None)


async def test_what_is_to_come_has_failed_with_a_reason(renditions: PostRenditions) -> None:
    post = await factories.make_post(renditions.database)
    formats = Formats([Unavailable("BRAILLE", "text/x-brf", "brf")])
    to_come = replace(renditions, formats=formats)
    found = await to_come.tell(await renditions.facts(post.id), "BRAILLE", PLAIN, "")
    assert found.status is RenditionStatus.FAILED
    assert found.warnings == ("BRAILLE renditions are not available in this version.",)


async def test_only_what_the_public_sees_is_had(
    database: Database, renditions: PostRenditions
) -> None:
    draft = await factories.make_post(database, "Draft", publish=False)
    later = clock.now() + timedelta(days=1)
    coming = await factories.make_post(database, "Coming", published_at=later)
    for post_id in (draft.id, coming.id, 999_999):
        with pytest.raises(NotFound):
            await address(renditions, post_id)
        with pytest.raises(NotFound):
            await printed(renditions, post_id)


async def test_an_edit_moves_and_a_comment_moves_only_what_shows_it(
    database: Database, renditions: PostRenditions
) -> None:
    post = await factories.make_post(database)
    plain = await address(renditions, post.id)
    full = await address(renditions, post.id, WITH_COMMENTS)
    await factories.make_comment(database, post)
    assert await address(renditions, post.id) == plain
    assert await address(renditions, post.id, WITH_COMMENTS) != full
    async with unit_of_work(database) as session:
        edit = UpdatePost(id=post.id, version=post.version, title="Another")
        await posts.update(session, factories.EDITOR, edit)
    assert await address(renditions, post.id) != plain


async def test_other_names_have_another_address(
    database: Database, renditions: PostRenditions
) -> None:
    ada = await factories.make_author(database)
    one, two = [await factories.make_category(database, name) for name in ("One", "Two")]
    post = await factories.make_post(database, authors=[ada], categories=[one])
    seen = [await address(renditions, post.id)]
    async with unit_of_work(database) as session:
        await authors.update(session, factories.EDITOR, UpdateAuthor(id=ada.id, name="A. Lovelace"))
    seen.append(await address(renditions, post.id))
    async with unit_of_work(database) as session:
        gone = DeleteCategory(id=one.id, version=one.version, move_to=two.id)
        await categories.delete(session, factories.EDITOR, gone)
    seen.append(await address(renditions, post.id))
    assert len(set(seen)) == 3


async def test_another_database_has_other_addresses(
    database: Database, renditions: PostRenditions
) -> None:
    post = await factories.make_post(database)
    before = await address(renditions, post.id)
    async with unit_of_work(database) as session:
        await session.execute(update(Site).values(secret=bytes(32)))
    assert await address(renditions, post.id) != before


async def test_an_unpublished_post_is_gone(database: Database, renditions: PostRenditions) -> None:
    post = await factories.make_post(database)
    async with unit_of_work(database) as session:
        action = publication.PostAction(id=post.id, version=post.version)
        await publication.unpublish(session, factories.EDITOR, action)
    with pytest.raises(NotFound):
        await address(renditions, post.id)


async def test_what_was_edited_meanwhile_is_made_at_its_new_address(
    database: Database, renditions: PostRenditions
) -> None:
    post = await factories.make_post(database)
    former = await renditions.facts(post.id)
    async with unit_of_work(database) as session:
        edit = UpdatePost(id=post.id, version=post.version, title="Another")
        await posts.update(session, factories.EDITOR, edit)
    with pytest.raises(Superseded):
        await renditions.make(former, PRINT_HTML, PLAIN)
    told = await renditions.tell(former, "PRINT_HTML", PLAIN, "")
    assert told.status is RenditionStatus.QUEUED
    assert told.url == f"/renditions/{await address(renditions, post.id)}"
