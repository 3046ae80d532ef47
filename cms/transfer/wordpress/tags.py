"""Tags, known in an export by their name and slug."""

from sqlalchemy.ext.asyncio import AsyncSession

from ...services import tags
from ..report import Report
from .records import Tag
from .slugs import kept_slug


class Tags:
    """Stores the tags of an export with the slugs they had."""

    def __init__(self, session: AsyncSession, report: Report) -> None:
        self._session = session
        self._report = report
        self._expected: list[Tag] = []
        self._names: set[str] = set()

    def expect(self, tag: Tag) -> None:
        """Note a tag that the export lists."""
        self._expected.append(tag)

    async def store_expected(self) -> None:
        """Store the tags noted so far."""
        expected, self._expected = self._expected, []
        await self.ensure(expected)

    async def ensure(self, wanted: list[Tag]) -> None:
        """Store the tags that are new."""
        new = {tag.name: _slug(tag) for tag in wanted if tag.name not in self._names}
        if not new:
            return
        found = await tags.by_slug(self._session, list(new.values()))
        await tags.get_or_create(self._session, list(new), new)
        self._names |= new.keys()
        self._report.present.update({"tags": len(found)} if found else {})
        made = len(set(new.values())) - len(found)
        self._report.taken.update({"tags": made} if made else {})


def _slug(tag: Tag) -> str:
    return kept_slug(tag.slug or tag.name, "tag")
