"""Texts of the corpus: a few are rendered, and each post and comment gets one of them, varied."""

import dataclasses
import random
from collections.abc import Iterator
from functools import cached_property

from pressroom.cms.text.document import (
    RenderedBody,
    RenderedComment,
    SourceFormat,
    render_body,
    render_comment,
)

BODY_CHARACTERS = 7_500
_DISTINCT_BODIES = 40
_DISTINCT_COMMENTS = 100
_MARK = "Qqqqqqq"
"""What stands in a rendered text where each copy has its own number."""

_SYLLABLES = (
    "ba",
    "do",
    "fen",
    "gar",
    "hil",
    "jo",
    "kel",
    "lum",
    "mer",
    "no",
    "pas",
    "ras",
    "vist",
)


class Texts:
    """Texts from one seed; the same number always gives the same text."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self._words = sorted({self._word() for _ in range(2_000)})

    @cached_property
    def _bodies(self) -> list[RenderedBody]:
        sources = (self._body_source() for _ in range(_DISTINCT_BODIES))
        return [render_body(source, SourceFormat.MARKDOWN) for source in sources]

    @cached_property
    def _comments(self) -> list[RenderedComment]:
        sources = (self._comment_source() for _ in range(_DISTINCT_COMMENTS))
        return [render_comment(source) for source in sources]

    def title(self, number: int) -> str:
        """Give the title of a post."""
        words = random.Random(number).choices(self._words, k=6)
        return f"{' '.join(words).capitalize()} {number}"

    def body(self, number: int) -> RenderedBody:
        """Give the body of a post, some 7,500 characters long."""
        body = self._bodies[number % _DISTINCT_BODIES]
        varied = {
            name: getattr(body, name).replace(_MARK, f"{number:07}")
            for name in ("markdown", "html", "text", "excerpt")
        }
        return dataclasses.replace(body, **varied)

    def comment(self, number: int) -> RenderedComment:
        """Give the text of a comment."""
        comment = self._comments[number % _DISTINCT_COMMENTS]
        mark = f"{number:07}"
        return RenderedComment(
            markdown=comment.markdown.replace(_MARK, mark),
            html=comment.html.replace(_MARK, mark),
            text=comment.text.replace(_MARK, mark),
        )

    def sentence(self) -> str:
        """Make up a sentence."""
        words = self._random.choices(self._words, k=self._random.randint(6, 18))
        return " ".join(words).capitalize() + "."

    def _body_source(self) -> str:
        blocks: list[str] = [f"{_MARK} {self.sentence()}"]
        blocks_to_come = self._blocks()
        while sum(map(len, blocks)) < BODY_CHARACTERS:
            blocks.append(next(blocks_to_come))
        return "\n\n".join(blocks)

    def _blocks(self) -> Iterator[str]:
        while True:
            yield f"## {self.sentence()[:-1]}"
            yield self._paragraph()
            yield f"{self._paragraph()} See [{self._word()}](https://example.org/{self._word()})."
            yield "\n".join(f"- *{self._word()}*: {self.sentence()}" for _ in range(4))
            yield f"> {self.sentence()}"
            yield f"**{self._word()}** {self._paragraph()}"

    def _comment_source(self) -> str:
        parts = [f"{_MARK} *{self._word()}*", *(self.sentence() for _ in range(3))]
        return " ".join(parts)

    def _paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self._random.randint(4, 8)))

    def _word(self) -> str:
        return "".join(self._random.choices(_SYLLABLES, k=self._random.randint(1, 4)))
