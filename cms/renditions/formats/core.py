"""The formats that come with Pressroom, brought in as a plugin would bring in its own."""

from pathlib import Path

from .epub.format import Epub
from .format import Format, Formats
from .markdown.format import Markdown
from .pdf.format import Pdf
from .print_html.format import PrintHtml
from .text.format import PlainText


def core_formats(fonts_dir: str = "") -> tuple[Format, ...]:
    """Give the formats; PDF has the fonts in that folder, too."""
    fonts = Path(fonts_dir).resolve() if fonts_dir else None
    return (PrintHtml(), Pdf(fonts), Epub(), Markdown(), PlainText())


CORE_FORMATS = core_formats()
FORMATS = Formats(CORE_FORMATS)
