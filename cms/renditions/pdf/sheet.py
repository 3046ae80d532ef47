"""The sheet that is printed on: its size, its margins, and what goes on a line of it."""

from dataclasses import dataclass

from ..options import Paper, RenditionOptions, TextSize

_LETTER = 0.5  # of the size of the text: how wide one is on average
_LETTER_OF_CODE = 0.603  # of the size of code: all are as wide
_SIZE_OF_CODE = 0.84  # of the size of the text
_POINTS_PER_MILLIMETRE = 72 / 25.4
_SIZES = {
    Paper.A4: (210.0, 297.0),
    Paper.A5: (148.0, 210.0),
    Paper.LETTER: (215.9, 279.4),
    Paper.LEGAL: (215.9, 355.6),
}
_TEXT = {TextSize.NORMAL: 11.0, TextSize.LARGE: 16.0, TextSize.GIANT: 22.0}
_RUNNING = {TextSize.NORMAL: 8.5, TextSize.LARGE: 16.0, TextSize.GIANT: 22.0}
_SIDES = {TextSize.NORMAL: 36.0, TextSize.LARGE: 22.0, TextSize.GIANT: 18.0}
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

    @property
    def measure(self) -> float:
        """How wide a line is, in points."""
        return (self.width - 2 * self.side) * _POINTS_PER_MILLIMETRE

    @property
    def code(self) -> float:
        """The size of code, in points; its letters look larger than those of the text."""
        return self.text * _SIZE_OF_CODE if self.text == _TEXT[TextSize.NORMAL] else self.text

    def ems_in(self, points: float) -> float:
        """How wide so many points are, in multiples of the size of the text."""
        return points / self.text

    def letters_of_code_in(self, points: float) -> int:
        """How many letters of code go on a line so wide."""
        return int(points / (self.code * _LETTER_OF_CODE))

    @property
    def running_letters(self) -> int:
        """How many letters of a running title have room beside the site's name, or without it."""
        letters = int(self.measure / (self.running * _LETTER))
        return letters * 2 // 3 if self.text == _TEXT[TextSize.NORMAL] else letters

    @property
    def depth(self) -> float:
        """How high the text on a page is, in points."""
        return (self.height - self.top - self.bottom) * _POINTS_PER_MILLIMETRE


def sheet_for(options: RenditionOptions) -> Sheet:
    """Give the sheet for a paper and a size of text.

    At the normal size margins keep lines at some 75 characters; the larger ones need the room.
    """
    is_small = options.paper is Paper.A5
    width, height = _SIZES[options.paper]
    return Sheet(
        width=width,
        height=height,
        side=(_SIDES_OF_A5 if is_small else _SIDES)[options.text_size],
        top=(20.0 if is_small else 27.0) + (0.0 if options.text_size is TextSize.NORMAL else 5.0),
        bottom=20.0 if is_small else 28.0,
        text=_TEXT[options.text_size],
        running=_RUNNING[options.text_size],
    )
