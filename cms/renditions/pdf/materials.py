"""What a whole PDF is made with: one sheet, one set of faces and pictures, one bound."""

from dataclasses import dataclass

from ..options import RenditionOptions
from ..shortfalls import Shortfalls
from .bulk import Bulk
from .pictures import Pictures
from .sheet import Sheet, sheet_for
from .typeface import Characters, Typeface


@dataclass(frozen=True, slots=True)
class Materials:
    """Shared by all articles of a book."""

    sheet: Sheet
    typeface: Typeface
    characters: Characters
    pictures: Pictures
    bulk: Bulk
    shortfalls: Shortfalls


def materials_for(options: RenditionOptions, typeface: Typeface) -> Materials:
    """Lay out what a PDF is made with."""
    sheet = sheet_for(options)
    return Materials(
        sheet=sheet,
        typeface=typeface,
        characters=Characters(typeface),
        pictures=Pictures(sheet, is_ink_saved=options.ink_saving),
        bulk=Bulk(),
        shortfalls=Shortfalls(),
    )
