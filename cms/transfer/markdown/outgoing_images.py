"""Images as export folders write them: what is told of each, and its bytes beside it."""

from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from ...content import Author, Image
from ...media.images.library import Library
from .dates import write_date
from .fields import write_document


async def write_images(
    session: AsyncSession, library: Library, folder: Path
) -> AsyncIterator[tuple[int, str]]:
    """Write all images, and give each one's key with the name that posts have it by.

    An image whose bytes are gone is told of alone.
    """
    authors = {row.id: row.slug for row in await session.execute(select(Author.id, Author.slug))}
    named: Counter[str] = Counter()
    images = await session.scalars(select(Image).order_by(Image.id))
    for image in images:
        named[image.sha256] += 1
        name = _name(image, named[image.sha256])
        document = write_document(dict(_fields(image, authors)), image.caption)
        (folder / f"{name}.md").write_text(document, encoding="utf-8", newline="")
        if named[image.sha256] == 1 and (kept := await library.master(image.sha256)):
            (folder / _file(image)).write_bytes(kept.content)
        yield image.id, name


def _name(image: Image, number: int) -> str:
    return image.sha256 if number == 1 else f"{image.sha256}-{number}"


def _file(image: Image) -> str:
    return f"{image.sha256}.{image.kind}"


def _fields(image: Image, authors: dict[int, str]) -> Iterator[tuple[str, Any]]:
    yield "file", _file(image)
    yield "alt", image.alt or None
    yield "author", authors.get(image.author_id or 0)
    yield "created_at", write_date(image.created_at)
