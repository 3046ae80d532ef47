"""Images of an export folder."""

import hashlib
import re
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from ...actors import SYSTEM
from ...content import Image
from ...errors import Refused
from ...media.images.intake import Master, Unacceptable
from ...media.images.library import Library
from ...services import images
from ...services.images import AddImage
from ..errors import Unreadable, explain
from ..images import KIND
from ..report import Report
from .comments import SOURCE
from .dates import ReadDate
from .documents import ImageFile, read_image
from .folder import Folder, read_bytes

_NUMBER = re.compile("[0-9]{1,9}")
MAX_IMAGE = 100_000_000
"""Bytes of an image's file: what is kept may be larger than what was sent."""


async def store_images(
    session: AsyncSession,
    library: Library,
    folder: Folder,
    report: Report,
    authors: Mapping[str, int],
    dates: ReadDate,
) -> dict[str, int]:
    """Store the images that are new, and give the keys of all by their names.

    What was written here comes in as it is, so that the addresses in texts go on leading to it.
    Raises Unreadable.
    """
    keys = {}
    for name in sorted(folder.stems("images"), key=_place):
        path, source = folder.document("images", name)
        told = read_image(source, path, dates)
        image = await _known(session, name, told)
        if image is not None:
            report.present[KIND] += 1
        else:
            image = await _store(session, library, folder, report, name, told, authors)
        if image is not None:
            keys[name] = image.id
    return keys


async def _known(session: AsyncSession, name: str, told: ImageFile) -> Image | None:
    imported = await images.find_by_source_key(session, _key(name))
    if imported is not None:
        return imported
    return await images.find_same(session, told.file.partition(".")[0], told.alt, told.caption)


async def _store(
    session: AsyncSession,
    library: Library,
    folder: Folder,
    report: Report,
    name: str,
    told: ImageFile,
    authors: Mapping[str, int],
) -> Image | None:
    file = folder.image(told.file)
    if file is None:
        report.left_out(KIND, "its file is not in the folder", name)
        return None
    if told.author is not None and told.author not in authors:
        raise Unreadable(f"author: no file describes {told.author!r}", told.path)
    content = read_bytes(file, MAX_IMAGE)
    try:
        master = await _master(library, report, name, content)
        wanted = AddImage(
            master=master,
            alt=told.alt,
            caption=told.caption,
            author_id=authors[told.author] if told.author else None,
            created_at=told.created_at,
            source_key=_key(name),
        )
        image = await images.add(session, library, SYSTEM, wanted)
    except Refused as refusal:
        report.left_out(KIND, explain(refusal), name)
        return None
    report.taken[KIND] += 1
    return image


async def _master(library: Library, report: Report, name: str, content: bytes) -> Master:
    if hashlib.sha256(content).hexdigest() == name.partition("-")[0]:
        try:
            return await library.take_in(content, again=True)
        except Unacceptable:
            pass  # It is looked at as what a stranger sends.
    report.changed(KIND, "was not written by an export, and is written anew", name)
    return await images.take_in(library, content)


def _place(name: str) -> tuple[str, int, str]:
    """Give the place of an image: those with the same bytes keep their order."""
    digest, _, number = name.partition("-")
    return digest, int(number) if _NUMBER.fullmatch(number) else 0, name


def _key(name: str) -> str:
    return f"{SOURCE}image:{name}"
