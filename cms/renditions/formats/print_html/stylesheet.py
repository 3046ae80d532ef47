"""The style sheet of a printed page: what a reader chose, and `print.css`."""

from importlib.resources import files

from ...document.document import Document
from ..options import Paper, RenditionOptions, TextSize

POINTS = {TextSize.NORMAL: 11, TextSize.LARGE: 16, TextSize.GIANT: 22}
_RUNNING_POINTS = {TextSize.NORMAL: 8.5, TextSize.LARGE: 11, TextSize.GIANT: 15}
_SHEETS = {Paper.A4: "A4", Paper.A5: "A5", Paper.LETTER: "letter", Paper.LEGAL: "legal"}
_MARGINS_OF_A5 = "18mm 14mm 16mm"
_MARGINS = {
    TextSize.NORMAL: "25mm 36mm 25mm",
    TextSize.LARGE: "24mm 22mm 22mm",
    TextSize.GIANT: "24mm 18mm 22mm",
}
"""At the normal size they keep lines at some 80 characters; the larger ones need the room."""
_LONGEST_RUNNING_TITLE = 60
_INK_SAVING = """
:root { font-weight: 300; }
h1, h2, h3, h4, h5, h6, .comment header b { font-weight: 400; }
strong, th { font-weight: 600; }
img { filter: grayscale(1) opacity(0.6); max-block-size: 9cm; }
pre, blockquote { border-color: #aaa; border-width: 0.4pt; }
"""
_COMMON = files(__package__).joinpath("print.css").read_text(encoding="utf-8")


def stylesheet(document: Document, options: RenditionOptions) -> str:
    """Write the style sheet for a document printed in the way a reader chose."""
    size = f":root {{ --text-size: {POINTS[options.text_size]}pt; }}\n"
    saving = _INK_SAVING if options.ink_saving else ""
    return _pages(document, options) + size + _COMMON + saving


def _pages(document: Document, options: RenditionOptions) -> str:
    margins = _MARGINS_OF_A5 if options.paper is Paper.A5 else _MARGINS[options.text_size]
    box = f"font: {_RUNNING_POINTS[options.text_size]}pt Palatino, P052, Georgia, serif;"
    # At the larger sizes there is room for one title beside the margins, and it is the post's.
    is_roomy = options.text_size is TextSize.NORMAL
    site = _css_string(document.site_title) if is_roomy else "none"
    return f"""@page {{
  size: {_SHEETS[options.paper]}; margin: {margins};
  @top-left {{ content: {site}; {box} }}
  @top-right {{ content: {_css_string(document.title)}; {box} font-style: italic; }}
  @bottom-center {{ content: counter(page) " / " counter(pages); {box} }}
}}
@page :first {{ @top-left {{ content: none; }} @top-right {{ content: none; }} }}
"""


def _css_string(text: str) -> str:
    """Quote a text for a style sheet (CSS Syntax 3, 4.3.7): all but letters and figures by number.

    So nothing can end the string, the style sheet or the element it is in. The space after a
    number is part of it.
    """
    if len(text) > _LONGEST_RUNNING_TITLE:
        text = text[: _LONGEST_RUNNING_TITLE - 1].rstrip() + "…"
    quoted = (char if char.isalnum() or char == " " else f"\\{ord(char):x} " for char in text)
    return '"' + "".join(quoted) + '"'
