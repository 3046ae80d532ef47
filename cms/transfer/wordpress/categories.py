"""Categories, known in an export by their slug."""

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import SYSTEM
from ...services import categories
from ..report import Report
from .records import Category
from .slugs import kept_slug


class Categories:
    """Stores the categories of an export, parents first, and finds them by slug."""

    def __init__(self, session: AsyncSession, report: Report) -> None:
        self._session = session
        self._report = report
        self._expected: dict[str, Category] = {}
        self._ids: dict[str, int] = {}

    def expect(self, category: Category) -> None:
        """Note a category that the export lists; its parent may come later."""
        self._expected.setdefault(_key(category.slug), category)

    async def store_expected(self) -> None:
        """Store the categories noted so far."""
        for slug in list(self._expected):
            await self._store_lineage(slug)
        self._expected.clear()

    async def id_of(self, slug: str, name: str) -> int:
        """Find a category, or make one that the export does not list."""
        key = _key(slug)
        if key not in self._ids:
            self._ids[key] = await self._store(key, Category(slug, name, "", ""))
        return self._ids[key]

    async def _store_lineage(self, slug: str) -> None:
        lineage: list[str] = []
        while slug in self._expected and slug not in self._ids and slug not in lineage:
            lineage.append(slug)
            slug = _key(self._expected[slug].parent)
        for key in reversed(lineage):
            self._ids[key] = await self._store(key, self._expected[key])

    async def _store(self, slug: str, category: Category) -> int:
        found = await categories.by_slug(self._session, [slug])
        if slug in found:
            self._report.present["categories"] += 1
            return found[slug].id
        self._report.taken["categories"] += 1
        created = await categories.create(
            self._session,
            SYSTEM,
            categories.CreateCategory(
                name=category.name,
                slug=slug,
                description=category.description,
                parent_id=self._parent_of(category),
            ),
        )
        return created.id

    def _parent_of(self, category: Category) -> int | None:
        if not category.parent:
            return None
        parent = self._ids.get(_key(category.parent))
        if parent is None:
            self._report.changed(
                "categories",
                "became a root: the one above it is missing or below it",
                category.name,
            )
        return parent


def _key(slug: str) -> str:
    return kept_slug(slug, "category") if slug else ""
