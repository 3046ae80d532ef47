"""The formats that come with Pressroom, brought in as a plugin would bring in its own."""

from .epub.format import Epub
from .formats import Formats
from .markdown.format import Markdown
from .pdf.format import Pdf
from .print_html.format import PrintHtml
from .text.format import PlainText

CORE_FORMATS = (
    PrintHtml(),
    Pdf(),
    Epub(),
    Markdown(),
    PlainText(),
)
FORMATS = Formats(CORE_FORMATS)
