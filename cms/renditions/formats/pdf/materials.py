"""What a whole PDF is made with: one sheet, one set of faces and pictures, one bound."""

from dataclasses import dataclass

from ...document.shortfalls import Shortfalls
from ..options import RenditionOptions
from .breaks import Pieces, pieces
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

    def words(self, text: str, size: float = 1.0) -> Pieces:
        """Write words on a line of their own; `size` is a multiple of the text's."""
        room = self.sheet.ems_in(self.sheet.measure) / size
        return pieces(self.characters.printable(text), room)


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
