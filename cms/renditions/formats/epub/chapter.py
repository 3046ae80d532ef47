"""An article as a file of a publication."""

from html import escape

from ...document.document import Document
from ..html.comments import discussion_html
from ..html.title import title_block
from ..images import with_images
from ..options import PrintLinks, RenditionOptions
from .page import page
from .pictures import Pictures
from .publication import Metadata, Part, title_of
from .writer import ChapterWriter


def chapter(
    document: Document,
    options: RenditionOptions,
    metadata: Metadata,
    pictures: Pictures,
    *,
    number: int | None = None,
) -> Part:
    """Write an article; in a book, it bears a number and does not name the site again."""
    shown = with_images(document, options.images)
    writer = ChapterWriter(shown, options.links, pictures)
    content = [
        title_block(shown, writer.words, names_site=number is None),
        writer.flow(shown.blocks),
        writer.notes(),
        discussion_html(shown, writer),
        writer.endnotes() if options.links is PrintLinks.ENDNOTES else "",
    ]
    title = title_of(document)
    body = (
        f'<section class="chapter" epub:type="chapter" role="doc-chapter"'
        f' aria-label="{escape(title)}">\n{"".join(content)}</section>\n'
    )
    name = "article.xhtml" if number is None else f"article-{number:03}.xhtml"
    return Part(name, title, page(metadata, title, body), "bodymatter", tuple(writer.entries))
