"""A body as WordPress stores it, made into HTML that stands by itself."""

import re
from dataclasses import dataclass

from .paragraphs import add_paragraphs
from .shortcodes import replace_shortcodes

_BLOCK = re.compile(r"\s*wp:([a-z][a-z0-9_/-]*)")


@dataclass(frozen=True, slots=True)
class Body:
    """The HTML, and the names of what could not be shown: shortcodes and dynamic blocks."""

    html: str
    lost: tuple[str, ...] = ()


def convert_body(content: str) -> Body:
    """Resolve shortcodes, take the editor's comments out, and make paragraphs where it did not.

    A body with blocks has its paragraphs already; WordPress leaves its newlines alone too.
    """
    shown, lost = replace_shortcodes(content)
    html, blocks, dynamic = _without_comments(shown)
    names = [f"[{name}]" for name in lost] + [f"block {name}" for name in dynamic]
    return Body(html if blocks else add_paragraphs(html), tuple(dict.fromkeys(names)))


def _without_comments(html: str) -> tuple[str, bool, list[str]]:
    """Give the text, whether it has blocks, and those that the server would have filled."""
    pieces: list[str] = []
    dynamic: list[str] = []
    has_blocks = False
    position = 0
    while (start := html.find("<!--", position)) >= 0:
        end = html.find("-->", start + 4)
        if end < 0:
            break
        pieces.append(html[position:start])
        comment, position = html[start + 4 : end], end + 3
        if block := _BLOCK.match(comment):
            has_blocks = True
            position += html.startswith("\n", position)
            dynamic += [block[1]] if comment.endswith("/") else []
        elif comment.strip().split(" ")[0] in {"more", "nextpage"}:
            pieces.append("\n\n")
    return "".join([*pieces, html[position:]]), has_blocks, dynamic
