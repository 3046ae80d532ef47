import dataclasses

import pytest
from factories import EDITOR

from pressroom.cms.content import Site
from pressroom.cms.errors import Refused
from pressroom.cms.services import site
from pressroom.cms.services.site import UpdateSite
from pressroom.cms.settings import Settings
from pressroom.cms.store.database import Database
from pressroom.cms.store.sessions import reading_session, unit_of_work

pytestmark = pytest.mark.anyio


async def test_the_site_is_made_once(database: Database, settings: Settings) -> None:
    other = dataclasses.replace(settings, site_title="Another")
    async with unit_of_work(database) as session:
        made = await site.ensure_site(session, other)
    assert (made.title, made.url) == ("The Sample", "https://sample.example")
    assert len(made.secret) == 32


async def test_the_site_is_changed(database: Database) -> None:
    wanted = UpdateSite(url="https://news.example/", language="pt-BR", post_prefix="/blog/")
    async with unit_of_work(database) as session:
        await site.update_site(session, EDITOR, wanted)
    async with reading_session(database) as session:
        stored = await session.get_one(Site, 1)
    assert (stored.title, stored.url) == ("The Sample", "https://news.example")
    assert (stored.language, stored.post_prefix) == ("pt-BR", "/blog/")


async def test_faults_are_told_together_and_change_nothing(sqlite_database: Database) -> None:
    wanted = UpdateSite(title="", url="nowhere", language="?", post_prefix="blog")
    async with unit_of_work(sqlite_database) as session:
        with pytest.raises(Refused) as refused:
            await site.update_site(session, EDITOR, wanted)
    paths = {error.path for error in refused.value.errors}
    assert paths == {("title",), ("url",), ("language",), ("postPrefix",)}
    async with reading_session(sqlite_database) as session:
        assert (await session.get_one(Site, 1)).title == "The Sample"
