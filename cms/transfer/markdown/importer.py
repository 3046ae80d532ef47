"""An export folder brought into the database, in one transaction."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import SYSTEM
from ...content import Post
from ...errors import Refused
from ...services import site as sites
from ...settings import Settings
from ...store.database import Database
from ...store.sessions import unit_of_work
from ..errors import Unreadable, explain
from ..images import library_of
from ..report import Report
from .authors import store_authors
from .categories import store_categories
from .dates import ReadDate, read_date
from .documents import read_site, read_tags
from .folder import Folder
from .images import store_images
from .posts import Posts


async def import_markdown(
    database: Database,
    settings: Settings,
    path: Path,
    *,
    dates: ReadDate = read_date,
    advance: Callable[[int], None] = lambda _: None,
) -> Report:
    """Bring in an export folder.

    What the database has already, by slug or from an earlier import, is left as it is, and so is
    the site's title where there are posts. `advance` is told of the posts that are done. Raises
    Unreadable, and then nothing is stored.
    """
    report = Report()
    folder = Folder(path)
    async with unit_of_work(database) as session:
        await sites.ensure_site(session, settings)
        await _store_site(session, folder, report)
        authors = await store_authors(session, folder, report)
        categories = await store_categories(session, folder, report)
        images = await store_images(session, library_of(settings), folder, report, authors, dates)
        tags = folder.single("tags.yaml")
        posts = Posts(
            session,
            settings,
            report,
            authors=authors,
            categories=categories,
            images=images,
            tag_slugs=read_tags(tags[1], tags[0]) if tags else {},
            dates=dates,
        )
        for stem in folder.stems("posts"):
            await posts.take(folder, stem)
            advance(1)
    for name, reason in folder.ignored:
        report.left_out("files", reason, name)
    return report


async def _store_site(session: AsyncSession, folder: Folder, report: Report) -> None:
    source = folder.single("site.yaml")
    if source is None:
        raise Unreadable("not an export folder: there is no site.yaml", folder.root)
    told = read_site(source[1], source[0])
    if await session.scalar(select(exists(select(Post.id)))):
        report.left_out(
            "site", "there are posts already, so that the site keeps its title", told.title
        )
        return
    try:
        given = sites.UpdateSite(title=told.title, tagline=told.tagline, language=told.language)
        await sites.update_site(session, SYSTEM, given)
    except Refused as refusal:
        raise Unreadable(explain(refusal), source[0]) from None
    report.taken["site"] += 1
