"""Writes an article as data for the template."""

from typing import Any

from ...document.document import Document
from ..images import with_images
from ..options import PrintLinks, RenditionOptions
from .apparatus import Apparatus
from .blocks import BlockWriter
from .discussion import discussion_data
from .materials import Materials
from .title import title_data


def article_data(
    document: Document, options: RenditionOptions, materials: Materials, prefix: str = ""
) -> dict[str, Any]:
    """Write an article; `prefix` tells its labels from those of others in a book."""
    document = with_images(document, options.images)
    writer = BlockWriter(Apparatus(document, options.links, materials, prefix))
    # Links are numbered as they are written, which is in the order of reading.
    return {
        **title_data(document, options, materials),
        "body": writer.flow(document.blocks),
        "notes": writer.unmarked_notes(),
        "discussion": discussion_data(document, writer, materials),
        "links": writer.addresses() if options.links is PrintLinks.ENDNOTES else [],
    }
