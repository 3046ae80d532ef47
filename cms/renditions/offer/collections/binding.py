"""What the renditions of all collections have in common: the books that they are."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import Dialect, func, select

from ....content import Body, Post
from ....store.compiled import Compiled
from ....store.key_tables import keys_table
from ....store.reading import Reading
from ...formats.format import BookFormat, Format, NotRenderable
from ...formats.options import RenditionOptions
from ...making.source import MOST_COMMENTS, Source
from ..door import MUCH, Facts, Renditions
from ..sources import load_sources
from .job import BookJob, BookSource

MOST_ARTICLES = 100
_MOST_TEXT = 20_000_000
"""Characters of HTML: some ten thick volumes."""


class BookRenditions(Renditions[Facts]):
    """Renditions that are books; formats that bind none cannot be had."""

    __slots__ = ()

    def cost(self, _options: RenditionOptions) -> int:
        """Tell how much a job may have to read; see Renditions."""
        return MUCH

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


def load_articles(
    dialect: Dialect, post_ids: Sequence[int], options: RenditionOptions
) -> Reading[tuple[Source, ...]]:
    """Read the articles of a book, in the given order; those that readers do not see are left out.

    Of comments a book holds no more than an article may. Raises NotRenderable where there is too
    much to read.
    """
    yield from _check_size(dialect, post_ids)
    most = MOST_COMMENTS // max(1, len(post_ids)) if options.comments else None
    found = yield from load_sources(dialect, post_ids, most_comments=most)
    return tuple(found[post_id] for post_id in post_ids if post_id in found)


def _check_size(dialect: Dialect, post_ids: Collection[int]) -> Reading[None]:
    ((characters,),) = yield from _characters(dialect).reading({"post_ids": post_ids})
    if (characters or 0) > _MOST_TEXT:
        raise NotRenderable("These articles are too long to be bound into one book.")


@lru_cache(maxsize=4)
def _characters(dialect: Dialect) -> Compiled:
    asked = select(keys_table("post_ids", dialect).c.value)
    statement: Any = (
        select(func.sum(func.length(Body.html)))
        .join(Post, Post.body_id == Body.id)
        .where(Post.id.in_(asked))
    )
    return Compiled(statement, dialect)
