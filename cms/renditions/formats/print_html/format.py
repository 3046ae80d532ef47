"""The printable page: one HTML file without navigation or scripts, laid out for paper.

Browsers print no notes at the foot of a page: with `PrintLinks.FOOTNOTES` addresses stand below
the paragraph, list or table in which they occur first. `qr_code` makes no difference here.
"""

import base64
import hashlib
from dataclasses import dataclass
from html import escape

from ...document.document import Document
from ..format import NOTHING_LOADED, Output
from ..html.comments import discussion_html
from ..html.title import title_block
from ..html.writer import HtmlWriter
from ..images import with_images
from ..options import PrintLinks, RenditionOptions
from .stylesheet import stylesheet


@dataclass(frozen=True, slots=True)
class PrintHtml:
    """Writes the printable page."""

    name: str = "PRINT_HTML"
    media_type: str = "text/html; charset=utf-8"
    extension: str = "html"
    version: int = 1
    heeds: frozenset[str] = frozenset(
        {"paper", "text_size", "links", "images", "comments", "ink_saving"}
    )
    unavailable: str | None = None

    def render(self, document: Document, options: RenditionOptions) -> Output:
        """Write the document as a page for printing."""
        style = stylesheet(document, options)
        page = _page(with_images(document, options.images), options, style)
        return Output(page.encode(), security_policy=_policy(style))


def _page(document: Document, options: RenditionOptions, style: str) -> str:
    writer = HtmlWriter(document, options.links)
    article = title_block(document, writer.words) + writer.flow(document.blocks)
    sections = [writer.notes(), discussion_html(document, writer)]
    if options.links is PrintLinks.ENDNOTES:
        sections.append(writer.endnotes())
    return f"""<!DOCTYPE html>
<html lang="{escape(document.language)}" dir="{document.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{_title(document)}</title>
<link rel="canonical" href="{escape(document.address)}">
<style>{style}</style>
</head>
<body>
<main>
<article>
{article}{"".join(sections)}</article>
</main>
</body>
</html>
"""


def _title(document: Document) -> str:
    return escape(" – ".join(filter(None, (document.title, document.site_title))))


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"{NOTHING_LOADED}; style-src 'sha256-{digest}'; img-src http: https:"
