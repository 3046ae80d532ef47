"""How much goes into one PDF: beyond it, typesetting would take a machine's memory."""

from ..format import NotRenderable

MOST = 40_000
"""Some six hundred pages of text, and half a gigabyte while they are typeset."""

BLOCK, FIELD, LINE_OF_CODE, STYLED, LINK = 1, 1, 2, 3, 5
"""What one weighs; a field of a table counts beside the blocks in it, and what is styled beside its
letters."""

LETTERS = 50
"""So many weigh one."""


class Bulk:
    """Adds up what a PDF is to hold."""

    def __init__(self) -> None:
        self._weight = 0

    def add(self, weight: int) -> None:
        """Count something in. Raises NotRenderable when it is too much."""
        self._weight += weight
        if self._weight > MOST:
            raise NotRenderable(
                "It has too many words, links or fields of tables to be typeset as one PDF."
            )
