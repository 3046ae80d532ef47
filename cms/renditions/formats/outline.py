"""The levels of headings, so that none is skipped."""


class Outline:
    """Gives each heading its level below the title, however deep the editor put it.

    Screen readers find their way by levels (WCAG 2.2, 1.3.1); an article that begins with a third
    level, or jumps from the second to the fourth, sends them looking for what is not there.
    """

    DEEPEST = 6

    def __init__(self) -> None:
        self._above: list[int] = []

    def level(self, given: int) -> int:
        """Give the level of the next heading, from 2."""
        while self._above and self._above[-1] >= given:
            self._above.pop()
        self._above.append(given)
        return min(1 + len(self._above), self.DEEPEST)
