"""What the renditions of all collections have in common: the books that they are."""

from collections.abc import Collection, Sequence
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from ...content import Body, Post
from ..door import Facts, Renditions
from ..formats import BookFormat, Format, NotRenderable
from ..loading import load_sources
from ..options import RenditionOptions
from ..source import MOST_COMMENTS, Source
from .job import BookJob, BookSource

MOST_ARTICLES = 100
_MOST_TEXT = 20_000_000
"""Characters of HTML: some ten thick volumes."""


class BookRenditions(Renditions[Facts]):
    """Renditions that are books; formats that bind none cannot be had."""

    __slots__ = ()

    def refusal(self, wanted: Format) -> str | None:
        """Tell why books cannot be had in a format; see Renditions."""
        if wanted.unavailable or isinstance(wanted, BookFormat):
            return wanted.unavailable
        binding = ", ".join(known.name for known in self.formats if isinstance(known, BookFormat))
        return f"{wanted.name} holds a single post. Collections are to be had as: {binding}."


def book_job(source: BookSource, wanted: Format, options: RenditionOptions) -> BookJob:
    """Put together what it takes to make a book of some articles. Raises NotRenderable."""
    if not source.articles:
        raise NotRenderable("There is no article in it that readers can see.")
    return BookJob(source, cast("BookFormat", wanted), options)


async def load_articles(
    session: AsyncSession, post_ids: Sequence[int], options: RenditionOptions
) -> tuple[Source, ...]:
    """Read the articles of a book, in the given order; those that readers do not see are left out.

    Of comments a book holds no more than an article may. Raises NotRenderable where there is too
    much to read.
    """
    await _check_size(session, post_ids)
    most = MOST_COMMENTS // max(1, len(post_ids)) if options.comments else None
    found = await load_sources(session, post_ids, most_comments=most)
    return tuple(found[post_id] for post_id in post_ids if post_id in found)


async def _check_size(session: AsyncSession, post_ids: Collection[int]) -> None:
    statement: Any = (
        select(func.sum(func.length(Body.html)))
        .join(Post, Post.body_id == Body.id)
        .where(Post.id.in_(post_ids))
    )
    if (await session.scalar(statement) or 0) > _MOST_TEXT:
        raise NotRenderable("These articles are too long to be bound into one book.")
