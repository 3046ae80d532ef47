"""The formats that come with Pressroom, brought in as a plugin would bring in its own."""

from .formats import Formats, Unavailable
from .markdown.format import Markdown
from .print_html.format import PrintHtml
from .text.format import PlainText

CORE_FORMATS = (
    PrintHtml(),
    Unavailable("PDF", "application/pdf", "pdf"),
    Unavailable("EPUB", "application/epub+zip", "epub"),
    Markdown(),
    PlainText(),
)
FORMATS = Formats(CORE_FORMATS)
