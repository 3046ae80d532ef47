"""Writes the parts of a page: what is told, and the notes and links that follow it."""

from collections.abc import Iterable
from html import escape

from ..document import Block, Blocks, Document, Footnote
from ..options import PrintLinks
from .blocks import BlockWriter


class HtmlWriter(BlockWriter):
    """Writes the parts of one document's page, in the order in which they are read."""

    def __init__(self, document: Document, choice: PrintLinks) -> None:
        super().__init__(document, choice)
        self._footnotes = document.footnotes

    def flow(self, blocks: Blocks) -> str:
        """Write blocks one below the other, with the addresses they bring up if they go there."""
        return "".join(map(self._with_addresses, blocks))

    def section(self, title: str, content: str) -> str:
        """Write a part that follows the post."""
        heading = f"<h2>{self.words.mark(escape(title))}</h2>\n"
        return f'<section class="end">\n{heading}{content}</section>\n' if content else ""

    def notes(self) -> str:
        """Write the post's own footnotes."""
        items = "".join(map(self.note, self._footnotes))
        content = f'<ol class="notes">\n{items}</ol>\n' if items else ""
        return self.section(self.words.wording.notes, content)

    def note(self, note: Footnote) -> str:
        """Write one footnote, with the ways back to its marks."""
        return f'<li id="note.{note.number}">{self.note_content(note)}</li>\n'

    def note_content(self, note: Footnote) -> str:
        """Write a footnote's blocks, and the ways back to its marks."""
        content = self.flow(note.blocks)
        label = self.words.wording.back_to_note
        return content + "".join(
            self._way_back(f"note.mark.{note.number}.{mark}", label, note.number)
            for mark in range(1, self.marks[note.number] + 1)
        )

    def endnotes(self) -> str:
        """Write the addresses of all links."""
        items = self._addresses(self.links.numbered)
        content = f'<ol class="links">\n{items}</ol>\n' if items else ""
        return self.section(self.words.wording.links, content)

    def _with_addresses(self, block: Block) -> str:
        known = len(self.links)
        html = self.block(block)
        if self.choice is not PrintLinks.FOOTNOTES or len(self.links) == known:
            return html
        items = self._addresses(self.links.since(known))
        below = f'<ol class="links" start="{known + 1}">\n{items}</ol>'
        return f'{html}<div class="below" role="note">{below}</div>\n'

    def _addresses(self, numbered: Iterable[tuple[int, str]]) -> str:
        return "".join(self._address(number, address) for number, address in numbered)

    def _address(self, number: int, address: str) -> str:
        link = self.anchor(address, f'<span dir="ltr">{escape(address)}</span>')
        back = self._way_back(f"link.mark.{number}", self.words.wording.back_to_link, number)
        return f'<li id="link.{number}">{link} {back}</li>\n'

    def _way_back(self, target: str, label: str, number: int) -> str:
        label = escape(label.format(number=number))
        return f'<a class="back" href="#{target}" aria-label="{label}">↩</a>'
