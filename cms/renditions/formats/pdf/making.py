"""What a PDF is made with: typst and its fonts, which only those need who typeset."""

from datetime import datetime
from typing import Any

from ...document.book import Book
from ...document.document import Document
from ...document.shortfalls import Shortfalls
from ..format import Output
from ..options import RenditionOptions
from .edition import edition_of_article, edition_of_book
from .materials import Materials, materials_for
from .typeface import Typeface
from .typesetting import page_count, typeset

_MOST_NAMED = 20  # characters in a warning


def article(document: Document, options: RenditionOptions, typeface: Typeface) -> Output:
    """Typeset an article. Raises NotRenderable."""
    materials = materials_for(options, typeface)
    data = edition_of_article(document, options, materials)
    return _output(data, materials, document.updated_at)


def book(bound: Book, options: RenditionOptions, typeface: Typeface) -> Output:
    """Typeset a book. Raises NotRenderable."""
    materials = materials_for(options, typeface)
    data = edition_of_book(bound, options, materials)
    return _output(data, materials, bound.updated_at)


def _output(data: dict[str, Any], materials: Materials, at: datetime) -> Output:
    data["other_scripts"] = materials.characters.has_other_scripts
    made = typeset(data, materials.pictures.drawings, materials.typeface.fonts, at)
    shortfalls = materials.shortfalls
    _tell(materials.characters.missing, shortfalls)
    if made.breach:
        shortfalls.note(f"The PDF claims neither PDF/UA-1 nor PDF/A-2a: {made.breach}.")
    return Output(made.content, shortfalls.warnings, page_count(made.content))


def _tell(missing: tuple[str, ...], shortfalls: Shortfalls) -> None:
    if not missing:
        return
    named = ", ".join(f"U+{ord(char):04X}" for char in missing[:_MOST_NAMED])
    more = f" and {len(missing) - _MOST_NAMED} more" if len(missing) > _MOST_NAMED else ""
    shortfalls.note(
        f"No font at hand has these characters, and � is printed for them: {named}{more}."
    )
