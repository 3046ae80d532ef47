"""What could not be rendered faithfully, gathered while a rendition is made."""

from collections import Counter

MOST = 50


class Shortfalls:
    """Collects sentences; one that is said again is counted, not repeated."""

    def __init__(self) -> None:
        self._said: Counter[str] = Counter()

    def note(self, sentence: str) -> None:
        """Say what is lost, in plain words."""
        self._said[sentence] += 1

    @property
    def warnings(self) -> tuple[str, ...]:
        """The sentences in order of first occurrence, at most `MOST` and a last one."""
        sentences = [
            sentence if times == 1 else f"{sentence.removesuffix('.')} ({times} times)."
            for sentence, times in self._said.items()
        ]
        left_out = len(sentences) - MOST
        if left_out > 0:
            sentences[MOST:] = [f"There are {left_out} more such remarks."]
        return tuple(sentences)
