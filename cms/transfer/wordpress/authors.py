"""Authors, known in an export by their login."""

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import SYSTEM
from ...services import authors
from ...text.slugs import slugify
from ..report import Report
from .records import Author


class Authors:
    """Stores the authors of an export and finds them by login."""

    def __init__(self, session: AsyncSession, report: Report) -> None:
        self._session = session
        self._report = report
        self._expected: list[Author] = []
        self._ids: dict[str, int] = {}
        self.users: set[int] = set()
        """The ids in WordPress of those who write for the site."""

    def expect(self, author: Author) -> None:
        """Note an author that the export lists."""
        self._expected.append(author)
        self.users.add(author.id)

    async def store_expected(self) -> None:
        """Store the authors noted so far."""
        expected, self._expected = self._expected, []
        for author in expected:
            await self._ensure(author.login, author.name)

    async def id_of(self, login: str) -> int | None:
        """Find an author, or make one of a login that the export does not list."""
        return await self._ensure(login, login) if login else None

    async def _ensure(self, login: str, name: str) -> int:
        slug = slugify(login, fallback="author")
        if slug not in self._ids:
            self._ids[slug] = await self._store(slug, name)
        return self._ids[slug]

    async def _store(self, slug: str, name: str) -> int:
        found = await authors.by_slug(self._session, [slug])
        if slug in found:
            self._report.present["authors"] += 1
            return found[slug].id
        self._report.taken["authors"] += 1
        author = await authors.create(
            self._session, SYSTEM, authors.CreateAuthor(name=name, slug=slug)
        )
        return author.id
