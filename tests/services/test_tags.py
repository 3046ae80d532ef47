import pytest

from pressroom.cms.services import tags
from pressroom.cms.services.faults import Faults
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import unit_of_work

pytestmark = pytest.mark.anyio


async def test_tags_are_found_by_name_or_made(database: Database) -> None:
    async with unit_of_work(database) as session:
        first = await tags.get_or_create(session, ["Tea", "C++", "C#", "日本"])
    async with unit_of_work(database) as session:
        again = await tags.get_or_create(session, ["日本", "c#", "C", "TEA"])
    assert [tag.slug for tag in first] == ["tea", "c", "c-2", "日本"]
    assert [tag.id for tag in again[:2]] == [first[3].id, first[2].id]
    assert again[2].slug == "c-3"
    assert again[3].id == first[0].id


async def test_a_tag_may_have_a_slug_of_its_own(database: Database) -> None:
    async with unit_of_work(database) as session:
        [tag] = await tags.get_or_create(session, ["C++"], {"C++": "cpp"})
    assert tag.slug == "cpp"


def test_a_name_that_is_given_twice_counts_once() -> None:
    assert tags.check_names(Faults(), [" Tea", "tea ", "Jam"]) == ["Tea", "Jam"]
