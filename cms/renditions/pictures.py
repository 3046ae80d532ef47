"""Fills pictures into documents, from the site's own images alone.

An address in a text is never fetched: it says which image of ours is meant, whatever its host,
since images are known by their content.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ..media.images.intake import Unacceptable
from ..media.images.kinds import ImageKind
from ..media.images.library import Library
from ..media.images.names import images_in
from ..media.images.scale import size_of
from .document import Block, Document, Figure, Image, Paragraph, Text
from .picture import Picture, PictureType
from .source import Source

MOST = 100
"""Pictures of one rendition; of others the descriptions are printed."""
MOST_BYTES = 40_000_000
"""Bytes of them, all together."""


async def with_pictures(sources: Sequence[Source], library: Library) -> tuple[Source, ...]:
    """Put into sources the pictures of which they speak, as far as they are ours and bearable.

    Raises Unavailable.
    """
    wanted = dict.fromkeys(sha256 for source in sources for sha256 in _images_of(source))
    pictures: dict[str, Picture] = {}
    room = MOST_BYTES
    for sha256 in wanted:
        picture = await _picture(library, sha256)
        if picture is None or len(picture.content) > room:
            continue
        pictures[sha256] = picture
        room -= len(picture.content)
        if len(pictures) >= MOST:
            break
    return tuple(replace(source, pictures=_among(source, pictures)) for source in sources)


def illustrated(document: Document, source: Source) -> Document:
    """Put a source's foremost image before its document's text, and fill its pictures in."""
    document = replace(document, blocks=(*_opening(source), *document.blocks))
    pictures = source.pictures
    if not pictures:
        return document
    parts = ("blocks", "footnotes", "discussion")
    return replace(document, **{part: _filled(getattr(document, part), pictures) for part in parts})


def _images_of(source: Source) -> list[str]:
    foremost = [source.image.sha256] if source.image else []
    return foremost + images_in(source.html)


def _among(source: Source, pictures: Mapping[str, Picture]) -> Mapping[str, Picture]:
    return {each: pictures[each] for each in _images_of(source) if each in pictures}


async def _picture(library: Library, sha256: str) -> Picture | None:
    try:
        kept = await library.printed(sha256)
    except Unacceptable:
        return None
    if kept is None:
        return None
    width, height = size_of(kept.content)
    media_type: PictureType = "image/png" if kept.kind is ImageKind.PNG else "image/jpeg"
    return Picture(kept.content, media_type, width, height)


def _opening(source: Source) -> Iterable[Block]:
    """Give the figure of the foremost image, unless the text shows it anyway."""
    image = source.image
    if image is None or image.sha256 in images_in(source.html):
        return
    if source.pictures is None or image.sha256 in source.pictures:
        shown = Image(f"{source.media_url}/{image.sha256}.{image.kind}", image.alt)
        caption = (Text(" ".join(image.caption.split())),) if image.caption else ()
        yield Figure((Paragraph((shown,)),), caption)


def _filled(value: Any, pictures: Mapping[str, Picture]) -> Any:
    if isinstance(value, Image):
        known = (pictures[each] for each in images_in(value.address) if each in pictures)
        return replace(value, picture=next(known, None))
    if isinstance(value, tuple):
        return tuple(_filled(each, pictures) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    changes = {
        field.name: _filled(getattr(value, field.name), pictures)
        for field in fields(value)
        if isinstance(getattr(value, field.name), tuple)
    }
    return replace(value, **changes) if changes else value
