"""Writes the parts of a page: what is told, and the notes and links that follow it."""

from collections.abc import Iterable
from html import escape

from ...document.blocks import Block, Blocks
from ...document.document import Document, Footnote
from ..options import PrintLinks
from .blocks import BlockWriter, Entry


class HtmlWriter(BlockWriter):
    """Writes the parts of one document's page, in the order in which they are read."""

    def __init__(self, document: Document, choice: PrintLinks) -> None:
        super().__init__(document, choice)
        self._footnotes = document.footnotes

    def flow(self, blocks: Blocks) -> str:
        """Write blocks one below the other, with the addresses they bring up if they go there."""
        return "".join(map(self._with_addresses, blocks))

    def section(self, name: str, title: str, content: str, *, listed: bool = False) -> str:
        """Write a part that follows the post; nothing where it would be empty.

        With `listed` it is among the entries of a table of contents.
        """
        if not content:
            return ""
        anchor = f"section.{name}"
        if listed:
            self.entries.append(Entry(2, title, anchor))
        heading = f"<h2>{self.words.mark(escape(title))}</h2>\n"
        return f'<section class="end" id="{anchor}">\n{heading}{content}</section>\n'

    def notes(self) -> str:
        """Write the post's own footnotes."""
        return self.section("notes", self.words.wording.notes, self._notes())

    def endnotes(self) -> str:
        """Write the addresses of all links."""
        return self.section("links", self.words.wording.links, self._endnotes())

    def note_list(self, notes: Iterable[Footnote]) -> str:
        """Write footnotes, each under its number."""
        items = (f'<li id="note.{note.number}">{self.note(note)}</li>\n' for note in notes)
        return f'<ol class="notes">\n{"".join(items)}</ol>\n'

    def note(self, note: Footnote) -> str:
        """Write a footnote, with the ways back to its marks."""
        content = self.flow(note.blocks)
        label = self.words.wording.back_to_note
        ways_back = "".join(
            self._way_back(f"note.mark.{note.number}.{mark}", label, note.number)
            for mark in range(1, self.marks[note.number] + 1)
        )
        # They stand behind the last words, if it is with words that the note ends.
        end = "</p>\n" if content.endswith("</p>\n") else ""
        return content.removesuffix(end) + ways_back + end

    def _notes(self) -> str:
        return self.note_list(self._footnotes) if self._footnotes else ""

    def _endnotes(self) -> str:
        items = self._addresses(self.links.numbered)
        return f'<ol class="links">\n{items}</ol>\n' if items else ""

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
