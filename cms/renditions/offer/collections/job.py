"""A book to be made, in whichever process."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....text.characters import clean_characters
from ...address import SiteFacts
from ...document.book import Book
from ...document.shortfalls import Shortfalls
from ...formats.format import BookFormat, Output
from ...formats.options import RenditionOptions
from ...making.make import document_of
from ...making.source import Source
from ...wording.wording import direction_of


@dataclass(frozen=True, slots=True)
class BookSource:
    """What a book is made of, as it is stored; see Book."""

    title: str
    address: str
    identity: str
    site: SiteFacts
    articles: tuple[Source, ...]
    subtitle: str = ""
    remarks: Sequence[str] = ()
    """What is to be known of it besides, in plain words: articles that are left out, say."""


@dataclass(frozen=True, slots=True)
class BookJob:
    """A book in one format; see `job.Job`."""

    source: BookSource
    wanted: BookFormat
    options: RenditionOptions

    @property
    def size(self) -> int:
        """How much there is to write; see Job."""
        comments = (row for article in self.sources for row in article.comments or ())
        articles = sum(len(article.html) for article in self.sources)
        return articles + sum(len(row.html) for row in comments)

    @property
    def sources(self) -> Sequence[Source]:
        """What it is made of."""
        return self.source.articles

    def of(self, sources: Sequence[Source]) -> "BookJob":
        """Give the same of other articles."""
        return replace(self, source=replace(self.source, articles=tuple(sources)))

    def run(self) -> Output:
        """Make it. Raises NotRenderable."""
        shortfalls = Shortfalls()
        for remark in self.source.remarks:
            shortfalls.note(remark)
        output = self.wanted.bind(_book(self.source, shortfalls), self.options)
        lacks = any(article.absent for article in self.sources)
        warnings = (*shortfalls.warnings, *output.warnings)
        return replace(output, warnings=warnings, is_provisional=lacks)


def _book(source: BookSource, shortfalls: Shortfalls) -> Book:
    site = source.site
    return Book(
        title=clean_characters(source.title),
        address=source.address,
        identity=source.identity,
        site_title=clean_characters(site.title),
        language=site.language,
        direction=direction_of(site.language),
        articles=tuple(document_of(article, shortfalls) for article in source.articles),
        subtitle=clean_characters(source.subtitle),
    )
