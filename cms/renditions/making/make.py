"""Makes the print document of what is stored."""

from ...text.characters import clean_characters
from ..document.document import Discussion, Document
from ..document.shortfalls import Shortfalls
from ..wording.wording import direction_of
from .discussion import threads
from .pictures import illustrated
from .reading.blocks import read_html
from .source import Source

_SHOWN = 200  # characters of an address


def document_of(source: Source, shortfalls: Shortfalls) -> Document:
    """Make the print document; what it cannot hold is told to `shortfalls`."""
    site = source.site
    content = read_html(source.html, source.address, shortfalls)
    for address, reason in source.absent.items():
        shortfalls.note(f"An image could not be fetched: {address[:_SHOWN]} {reason}")
    document = Document(
        title=clean_characters(source.title),
        address=source.address,
        site_title=clean_characters(site.title),
        language=site.language,
        direction=direction_of(site.language),
        published_at=source.published_at,
        updated_at=source.updated_at,
        blocks=content.blocks,
        footnotes=content.footnotes,
        byline=tuple(map(clean_characters, source.byline)),
        categories=tuple(map(clean_characters, source.categories)),
        discussion=_discussion(source, shortfalls),
    )
    return illustrated(document, source)


def _discussion(source: Source, shortfalls: Shortfalls) -> Discussion | None:
    if source.comments is None:
        return None
    legible = sum(not row.is_removed for row in source.comments)
    left_out = max(0, source.comment_count - legible)
    if left_out:
        shortfalls.note(f"Only the first {legible} comments are printed.")
    comments = threads(source.comments, source.address, shortfalls)
    return Discussion(source.comment_count, comments, left_out)
