"""In what manner blocks are set: what is told from their content alone."""

import re

from ...document.blocks import Block, BulletList, Figure, ListItem, NumberedList, Paragraph
from ...document.flatten import plain
from ...document.inlines import Image, Inlines, LineBreak, Link, Strong, Text
from .typeface import is_visible

_HEADS = 80  # letters: a bold line of no more heads what follows
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]{2}")
"""Thai, Lao, Tibetan, Burmese, Khmer: spaces end sentences, and would be stretched to holes."""
_BOXES = {True: "☑", False: "☐", None: "•"}


def manner_of(children: Inlines) -> dict[str, str]:
    """Tell what keeps a paragraph from being set like the others."""
    match children:
        case (Link(inner),) if only_image(inner):
            return {"manner": "picture"}
        case (Strong(),) if len(plain(children)) <= _HEADS:
            return {"manner": "head"}
    if any(isinstance(node, LineBreak) for node in children):
        return {"manner": "verse"}
    return {"manner": "ragged"} if _UNSPACED.search(plain(children)) else {}


def has_words(children: Inlines) -> bool:
    """Whether a line says anything that is to be seen."""
    return any(
        is_visible(node.text)
        if isinstance(node, Text)
        else has_words(getattr(node, "children", ()))
        for node in children
    )


def only_image(children: Inlines) -> Image | None:
    """Give the image that a line is made of; None where there are words, too."""
    nodes = [node for node in children if not (isinstance(node, Text) and node.text.isspace())]
    return nodes[0] if len(nodes) == 1 and isinstance(nodes[0], Image) else None


def is_short(item: ListItem) -> bool:
    """Whether an entry is one paragraph, with no more than lists below it."""
    return all(
        isinstance(block, BulletList | NumberedList)
        or (place == 0 and isinstance(block, Paragraph))
        for place, block in enumerate(item.blocks)
    )


def marks_of(items: tuple[ListItem, ...]) -> list[str]:
    """Give what stands before the entries of a list of tasks; nothing for other lists."""
    marks = [_BOXES[item.done] for item in items]
    return marks if any(item.done is not None for item in items) else []


def is_gallery(items: tuple[ListItem, ...]) -> bool:
    """Whether a list is one of pictures."""
    return len(items) > 1 and all(
        len(item.blocks) == 1 and _is_picture(item.blocks[0]) for item in items
    )


def _is_picture(block: Block) -> bool:
    match block:
        case Paragraph((Link(children),)) | Paragraph(children):
            return only_image(children) is not None
        case Figure(blocks):
            return len(blocks) == 1 and _is_picture(blocks[0])
    return False
