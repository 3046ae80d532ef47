"""A WordPress export brought into the database, in one transaction."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncSession

from ...settings import Settings
from ...store import journal
from ...store.database import Database
from ...store.sessions import unit_of_work
from ..images import ImageFolder
from ..report import Report
from .authors import Authors
from .categories import Categories
from .comments import Comments
from .posts import Posts
from .reader import Record, read_records
from .records import Author, Category, Channel, Item, Tag
from .tags import Tags
from .uploads import Uploads, attachment_of

DEFAULT_PAGES_CATEGORY = "pages"
_NOTED_AT_MOST = 5_000


async def import_wordpress(
    database: Database,
    settings: Settings,
    path: Path,
    *,
    pages_category: str = DEFAULT_PAGES_CATEGORY,
    uploads: Path | None = None,
    advance: Callable[[int], None] = lambda _: None,
) -> Report:
    """Bring in the posts, pages, categories, tags, authors and comments of an export (WXR 1.x).

    What an earlier import of the same site brought is left as it is now. Pages become posts in the
    category with the slug `pages_category`. Pictures come from the folder `uploads` (WordPress's
    `wp-content/uploads`), if given. `advance` is told of the bytes that have been read.
    Raises Unreadable, and then nothing is stored.
    """
    report = Report()
    async with unit_of_work(database) as session:
        pictures = _pictures(session, settings, report, path, uploads) if uploads else None
        importer = _Importer(session, settings, report, pages_category, pictures)
        with path.open("rb") as file:
            for record in read_records(file, path, advance):
                await importer.take(record)
        await importer.finish()
    return report


def _pictures(
    session: AsyncSession, settings: Settings, report: Report, path: Path, folder: Path
) -> Uploads:
    """Read what an export tells of its attachments, wherever in it they stand."""
    site, attachments = "", {}
    with path.open("rb") as file:
        for record in read_records(file, path):
            if isinstance(record, Channel):
                site = record.address
            elif isinstance(record, Item) and (attachment := attachment_of(record)):
                attachments[record.id] = attachment
    images = ImageFolder(session, settings, report, folder)
    return Uploads(images, attachments, site=site, base_url=settings.public_url)


class _Importer:
    def __init__(
        self,
        session: AsyncSession,
        settings: Settings,
        report: Report,
        pages_category: str,
        uploads: Uploads | None,
    ) -> None:
        self._authors = Authors(session, report)
        self._categories = Categories(session, report)
        self._tags = Tags(session, report)
        self._posts = Posts(
            session,
            report,
            authors=self._authors,
            categories=self._categories,
            tags=self._tags,
            pages_category=pages_category,
            uploads=uploads,
        )
        self._comments = Comments(session, settings, report, self._authors)
        self._session = session
        self._report = report
        self._address = ""
        self._noted = 0

    async def take(self, record: Record) -> None:
        match record:
            case Channel():
                self._address = record.address
            case Author():
                self._authors.expect(record)
            case Category():
                self._categories.expect(record)
            case Tag():
                self._tags.expect(record)
            case Item():
                await self._take_item(record)

    async def _take_item(self, item: Item) -> None:
        await self._store_expected()
        post = await self._posts.take(item, f"wordpress:{self._address}:{item.id}")
        await self._comments.take(item, post, f"wordpress:{self._address}:comment:")
        await self._write_journal()

    async def _write_journal(self) -> None:
        """Write what the journal has noted before it takes up more and more memory.

        From then on other writers of a PostgreSQL database wait for the import to end, which is
        why small imports leave it to the end.
        """
        taken = self._report.taken.total()
        if taken - self._noted >= _NOTED_AT_MOST:
            self._noted = taken
            await journal.write(self._session)

    async def finish(self) -> None:
        await self._store_expected()

    async def _store_expected(self) -> None:
        """Store authors and terms, which an export lists before its items."""
        await self._authors.store_expected()
        await self._categories.store_expected()
        await self._tags.store_expected()
