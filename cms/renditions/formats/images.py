"""A document without its images, or with their descriptions in their places."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ..document.blocks import Cell
from ..document.document import Comment, Document, Footnote
from ..document.inlines import Image, Text
from ..wording.wording import wording_for
from .options import PrintImages


def with_images(document: Document, choice: PrintImages) -> Document:
    """Keep the images, put `[Image: description]` in their places, or leave them out.

    Where they are left out, so are the figures that hold nothing else.
    """
    if choice is PrintImages.ALL:
        return document
    label = wording_for(document.language).image if choice is PrintImages.DESCRIPTIONS else None
    parts = ("blocks", "footnotes", "discussion")
    return replace(document, **{part: _rewritten(getattr(document, part), label) for part in parts})


def _rewritten(value: Any, label: str | None) -> Any:
    if isinstance(value, tuple):
        return tuple(_kept(value, label))
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {
        field.name: _rewritten(getattr(value, field.name), label)
        for field in fields(value)
        if isinstance(getattr(value, field.name), tuple)
    }
    return replace(value, **changes) if changes else value


def _kept(nodes: Iterable[Any], label: str | None) -> Iterable[Any]:
    for node in nodes:
        if isinstance(node, Image):
            if label is not None:
                yield Text(described(node, label))
            continue
        rewritten = _rewritten(node, label)
        if not _is_emptied(node, rewritten):
            yield rewritten


def described(image: Image, label: str) -> str:
    """Say in words what is to be seen."""
    return f"[{label}: {image.description}]" if image.description else f"[{label}]"


def _is_emptied(before: Any, after: Any) -> bool:
    """Whether a node had content and has none left: a paragraph, a link, a figure."""
    if isinstance(after, Cell | Comment | Footnote):
        return False
    return bool(_content(before)) and not _content(after)


def _content(node: Any) -> Any:
    return getattr(node, "children", getattr(node, "blocks", None))
