"""Authors of an export folder."""

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import SYSTEM
from ...errors import Refused
from ...services import authors
from ..errors import Unreadable, explain
from ..report import Report
from .documents import read_author
from .folder import Folder


async def store_authors(session: AsyncSession, folder: Folder, report: Report) -> dict[str, int]:
    """Store the authors that are new, and give the keys of all by slug. Raises Unreadable."""
    ids: dict[str, int] = {}
    for stem in folder.stems("authors"):
        path, source = folder.document("authors", stem)
        told = read_author(source, path)
        found = (await authors.by_slug(session, [told.slug])).get(told.slug)
        if found is None:
            given = authors.CreateAuthor(name=told.name, slug=told.slug, bio=told.bio, url=told.url)
            try:
                found = await authors.create(session, SYSTEM, given)
            except Refused as refusal:
                raise Unreadable(explain(refusal), path) from None
            report.taken["authors"] += 1
        else:
            report.present["authors"] += 1
        ids[told.slug] = found.id
    return ids
