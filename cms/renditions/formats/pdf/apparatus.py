"""What accompanies a text: its links, notes, anchors and pictures, and what could not be set."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from ...document.blocks import Block, Heading, Passage
from ...document.document import Document, Footnote
from ...wording.wording import wording_for
from ..links import Links
from ..options import PrintLinks
from .locale import HYPHENATED, language_of
from .materials import Materials

_NARROWEST = 2  # of the size of the text: a word no wider is left whole anywhere
_FRAME_OF_CODE = 1.7  # of the size of code: what its frame takes of the line
_DEEPEST_NOTE = 2


class Apparatus:
    """Keeps count for one document; `prefix` tells its labels from those of others in a book."""

    def __init__(
        self, document: Document, choice: PrintLinks, materials: Materials, prefix: str = ""
    ) -> None:
        self.choice = choice
        self.materials = materials
        self.direction = document.direction
        self.wording = wording_for(document.language)
        self.links = Links()
        self.room = materials.sheet.measure
        self.is_hyphenated = language_of(document.language) in HYPHENATED
        self._prefix = prefix
        self._anchors = set(_anchors(document.blocks))
        self._labelled: set[str] = set()
        self._notes = {note.number: note for note in document.footnotes}
        self._placed: set[int] = set()
        self._note_depth = 0

    # ------------------------------------------------------------ room

    @property
    def size(self) -> float:
        """Of the text, in points."""
        return self.materials.sheet.text

    @property
    def widest_word(self) -> float:
        """How wide a word may be to stay whole where it stands, in multiples of its size."""
        return max(_NARROWEST, self.materials.sheet.ems_in(self.room))

    @property
    def longest_code(self) -> int:
        """How many letters go on a line of code."""
        room = self.room - _FRAME_OF_CODE * self.materials.sheet.code
        return max(_NARROWEST, self.materials.sheet.letters_of_code_in(room))

    @contextmanager
    def narrowed(self, room: float) -> Iterator[None]:
        """Have only so many points for a line, for a while."""
        before, self.room = self.room, max(room, self.size)
        try:
            yield
        finally:
            self.room = before

    # ------------------------------------------------------------ labels

    def label(self, kind: str, number: int) -> str:
        """Give a label that nothing else bears."""
        return f"{self._prefix}{kind}-{number}"

    def target(self, address: str) -> str | None:
        """Give the label of a heading by its address `#…`; None where there is none."""
        anchor = address.removeprefix("#")
        return f"{self._prefix}at-{anchor}" if anchor in self._anchors else None

    def heading_label(self, anchor: str | None) -> str | None:
        """Give a heading its label, unless another has it."""
        label = self.target(anchor) if anchor else None
        if label is None or label in self._labelled:
            return None
        self._labelled.add(label)
        return label

    # ------------------------------------------------------------ notes

    def take_note(self, number: int) -> Footnote | None:
        """Give a footnote at its first mark; None later, and in notes to notes to notes."""
        if number in self._placed or self._note_depth >= _DEEPEST_NOTE:
            return None
        note = self._notes.get(number)
        if note is not None:
            self._placed.add(number)
        return note

    def is_placed(self, number: int) -> bool:
        """Whether a footnote has been placed by an earlier mark."""
        return number in self._placed

    @contextmanager
    def within_note(self) -> Iterator[None]:
        """Write a note's own text."""
        self._note_depth += 1
        try:
            yield
        finally:
            self._note_depth -= 1

    @property
    def unmarked_notes(self) -> list[Footnote]:
        """The footnotes that no mark has placed."""
        return [note for number, note in self._notes.items() if number not in self._placed]


def _anchors(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(anchor=str(anchor)):
                yield anchor
            case Passage(inner):
                yield from _anchors(inner)
