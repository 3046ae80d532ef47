import pytest
from factories import EDITOR, make_author

from pressroom.cms.content import Addressed, RetiredSlug
from pressroom.cms.errors import Refused, UserErrorCode
from pressroom.cms.services import authors
from pressroom.cms.services.authors import UpdateAuthor
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio


async def test_authors_of_one_name_have_slugs_of_their_own(database: Database) -> None:
    made = [await make_author(database, "Zoë Øst") for _ in range(3)]
    assert [author.slug for author in made] == ["zoe-ost", "zoe-ost-2", "zoe-ost-3"]


async def test_a_given_slug_that_is_taken_is_refused(database: Database) -> None:
    await make_author(database, slug="ada")
    with pytest.raises(Refused) as refused:
        await make_author(database, slug="ada")
    assert refused.value.errors[0].code is UserErrorCode.TAKEN


async def test_an_author_is_changed_and_the_old_slug_leads_on(database: Database) -> None:
    author = await make_author(database, url="https://ada.example")
    async with unit_of_work(database) as session:
        wanted = UpdateAuthor(id=author.id, slug="countess", url=None)
        changed = await authors.update(session, EDITOR, wanted)
    assert (changed.slug, changed.url, changed.name, changed.version) == (
        "countess", None, "Ada Lovelace", 2,
    )  # fmt: skip
    async with reading_session(database) as session:
        old = await session.get_one(RetiredSlug, (Addressed.AUTHOR, "ada-lovelace"))
        assert old.entity_id == author.id


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "ftp://a.example", "//a.example", "https://", "http://[", "x" * 3000],
)
async def test_only_web_addresses_are_taken(sqlite_database: Database, url: str) -> None:
    with pytest.raises(Refused) as refused:
        await make_author(sqlite_database, url=url)
    assert {error.path for error in refused.value.errors} == {("url",)}
