"""Writes a document's nodes as the XHTML of e-books."""

from collections.abc import Iterable

from ...document.document import Document, Footnote
from ...document.inlines import Image
from ..html.writer import HtmlWriter
from ..options import PrintLinks
from .pictures import Pictures


class ChapterWriter(HtmlWriter):
    """Writes what differs from a printed page: footnotes open in place, pictures are enclosed."""

    void_end = "/>"
    note_mark_kind = ' epub:type="noteref" role="doc-noteref"'

    def __init__(self, document: Document, choice: PrintLinks, pictures: Pictures) -> None:
        super().__init__(document, choice)
        self._pictures = pictures

    def image(self, image: Image) -> str:
        """Write an image that the publication holds."""
        return self._pictures.element(image, self.words.wording.image)

    def note_list(self, notes: Iterable[Footnote]) -> str:
        """Write footnotes so that reading systems show them where their marks are."""
        return "".join(map(self._aside, notes))

    def _aside(self, note: Footnote) -> str:
        number = note.number
        return (
            f'<aside class="note" id="note.{number}" epub:type="footnote" role="doc-footnote">\n'
            f'<ol class="notes" start="{number}">\n<li>{self.note(note)}</li>\n</ol>\n</aside>\n'
        )
