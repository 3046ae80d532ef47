"""The sheet that is printed on: its size, its margins, and what goes on a line of it."""

from dataclasses import dataclass

from ..options import Paper, RenditionOptions, TextSize

_LETTER_OF_CODE = 0.603  # of the size of code: all are as wide
_SIZE_OF_CODE = 0.84  # of the size of the text
_POINTS_PER_MILLIMETRE = 72 / 25.4
_BOLD, _BOLD_WHEN_SAVING = 600, 400
_LINE = 1.5  # of the size of the text: what a line takes of the page, with what is around it
_SHORT = 0.4  # of a page's text: more is broken between pages
_INDENT = 1.2  # of the size of the text: what each level of replies takes of the line
_INDENT_OF_LARGE = 0.7
_SIZES = {
    Paper.A4: (210.0, 297.0),
    Paper.A5: (148.0, 210.0),
    Paper.LETTER: (215.9, 279.4),
    Paper.LEGAL: (215.9, 355.6),
}
_TEXT = {TextSize.NORMAL: 11.0, TextSize.LARGE: 16.0, TextSize.GIANT: 22.0}
_TEXT_WHEN_SAVING = 10.0  # instead of the normal size: a sixth less ink
_RUNNING = {TextSize.NORMAL: 8.5, TextSize.LARGE: 16.0, TextSize.GIANT: 22.0}
_SIDES = {TextSize.LARGE: 22.0, TextSize.GIANT: 18.0}
_MEASURE = 132.0  # millimetres, at the normal size: lines of some 75 characters on any paper
_SIDES_OF_A5 = {TextSize.NORMAL: 18.0, TextSize.LARGE: 13.0, TextSize.GIANT: 11.0}


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lengths in millimetres, sizes of text in points."""

    width: float
    height: float
    side: float
    top: float
    bottom: float
    text: float
    running: float
    bold: int
    """How heavy headings are: from 100 to 900, as CSS counts."""

    @property
    def is_normal(self) -> bool:
        """Whether the text is of the normal size, and not in large print."""
        return self.text < _TEXT[TextSize.LARGE]

    @property
    def measure(self) -> float:
        """How wide a line is, in points."""
        return (self.width - 2 * self.side) * _POINTS_PER_MILLIMETRE

    @property
    def code(self) -> float:
        """The size of code, in points; its letters look larger than those of the text."""
        return self.text * _SIZE_OF_CODE if self.is_normal else self.text

    @property
    def indent_of_reply(self) -> float:
        """How far a reply is indented, in multiples of the size of the text."""
        return _INDENT if self.is_normal else _INDENT_OF_LARGE

    def ems_in(self, points: float) -> float:
        """How wide so many points are, in multiples of the size of the text."""
        return points / self.text

    def letters_of_code_in(self, points: float) -> int:
        """How many letters of code go on a line so wide."""
        return int(points / (self.code * _LETTER_OF_CODE))

    def is_short(self, points: float) -> bool:
        """Whether lines whose sizes add up to so many points may be kept on one page."""
        return points * _LINE < self.depth * _SHORT

    @property
    def depth(self) -> float:
        """How high the text on a page is, in points."""
        return (self.height - self.top - self.bottom) * _POINTS_PER_MILLIMETRE


def sheet_for(options: RenditionOptions) -> Sheet:
    """Give the sheet for a paper and a size of text.

    At the normal size the margins take what lines leave; the larger ones need the room.
    """
    is_small = options.paper is Paper.A5
    # Running titles and page numbers are as large as the text.
    more = 0.0 if options.text_size is TextSize.NORMAL else 5.0
    is_saving = options.ink_saving and options.text_size is TextSize.NORMAL
    width, height = _SIZES[options.paper]
    sides = _SIDES_OF_A5 if is_small else {TextSize.NORMAL: (width - _MEASURE) / 2, **_SIDES}
    return Sheet(
        width=width,
        height=height,
        side=sides[options.text_size],
        top=(20.0 if is_small else 27.0) + more,
        bottom=(20.0 if is_small else 28.0) + (more if is_small else 0.0),
        text=_TEXT_WHEN_SAVING if is_saving else _TEXT[options.text_size],
        running=_RUNNING[options.text_size],
        bold=_BOLD_WHEN_SAVING if options.ink_saving else _BOLD,
    )
