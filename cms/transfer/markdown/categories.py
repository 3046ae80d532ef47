"""Categories of an export folder, whose parents may come later in it."""

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import SYSTEM
from ...errors import Refused
from ...services import categories
from ..errors import Unreadable, explain
from ..report import Report
from .documents import CategoryFile, read_category
from .folder import Folder


async def store_categories(session: AsyncSession, folder: Folder, report: Report) -> dict[str, int]:
    """Store the categories that are new, and give the keys of all by slug. Raises Unreadable."""
    read = (folder.document("categories", stem) for stem in folder.stems("categories"))
    told = [read_category(source, path) for path, source in read]
    ids: dict[str, int] = {}
    for category in _parents_first(told):
        found = (await categories.by_slug(session, [category.slug])).get(category.slug)
        tally = report.taken if found is None else report.present
        tally["categories"] += 1
        ids[category.slug] = await _create(session, category, ids) if found is None else found.id
    return ids


def _parents_first(told: list[CategoryFile]) -> list[CategoryFile]:
    by_slug = {category.slug: category for category in told}
    ordered: dict[str, CategoryFile] = {}
    for category in told:
        lineage: dict[str, CategoryFile] = {}
        above: CategoryFile | None = category
        while above is not None and above.slug not in ordered:
            if above.slug in lineage:
                raise Unreadable("parent: the category stands below itself", above.path)
            lineage[above.slug] = above
            above = _parent(above, by_slug)
        ordered |= reversed(lineage.items())
    return list(ordered.values())


def _parent(category: CategoryFile, by_slug: dict[str, CategoryFile]) -> CategoryFile | None:
    if category.parent is None:
        return None
    if category.parent not in by_slug:
        problem = f"parent: no file describes a category {category.parent!r}"
        raise Unreadable(problem, category.path)
    return by_slug[category.parent]


async def _create(session: AsyncSession, category: CategoryFile, ids: dict[str, int]) -> int:
    given = categories.CreateCategory(
        name=category.name,
        slug=category.slug,
        description=category.description,
        parent_id=ids[category.parent] if category.parent else None,
    )
    try:
        return (await categories.create(session, SYSTEM, given)).id
    except Refused as refusal:
        raise Unreadable(explain(refusal), category.path) from None
