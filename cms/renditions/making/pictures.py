"""Fills pictures into documents: those of the site, and those that were fetched and are kept.

An address in a text says which image of ours is meant, whatever its host, since images are known by
their content. Others are those of hosts that the operator listed; see `remote_pictures`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from ...media.images.intake import Unacceptable
from ...media.images.kinds import ImageKind
from ...media.images.library import Kept, Library
from ...media.images.names import images_in, is_sha256
from ...media.images.scale import size_of
from ..document.blocks import Block, Figure, Paragraph
from ..document.document import Document
from ..document.inlines import Image, Text
from ..document.picture import Picture, PictureType
from .remote_pictures import RemotePictures
from .source import Source

MOST = 100
"""Pictures of one rendition; of others the descriptions are printed."""
MOST_BYTES = 40_000_000
"""Bytes of them, all together."""

Known = TypeVar("Known")


async def with_pictures(
    sources: Sequence[Source],
    library: Library,
    remote: RemotePictures,
    absent: Mapping[str, str],
) -> tuple[Source, ...]:
    """Put into sources the pictures of which they speak, as far as they are at hand and bearable.

    `absent` tells which could not be fetched, and why. Raises Unavailable.
    """
    names = [(*_images_of(source), *remote.named_in(source)) for source in sources]
    pictures: dict[str, Picture] = {}
    room = MOST_BYTES
    for name in dict.fromkeys(name for named in names for name in named):
        picture = await _picture(name, library, remote)
        if picture is None or len(picture.content) > room:
            continue
        pictures[name] = picture
        room -= len(picture.content)
        if len(pictures) >= MOST:
            break
    return tuple(
        replace(source, pictures=_among(named, pictures), absent=_among(named, absent))
        for source, named in zip(sources, names, strict=True)
    )


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


def _among(names: Iterable[str], known: Mapping[str, Known]) -> Mapping[str, Known]:
    return {name: known[name] for name in names if name in known}


async def _picture(name: str, library: Library, remote: RemotePictures) -> Picture | None:
    try:
        kept = await (library.printed(name) if is_sha256(name) else remote.printed(name))
    except Unacceptable:
        return None
    return None if kept is None else _picture_of(kept)


def _picture_of(kept: Kept) -> Picture:
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
        names = (*images_in(value.address), value.address)
        known = (pictures[name] for name in names if name in pictures)
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
