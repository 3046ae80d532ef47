"""The container of an EPUB (EPUB 3.3, 4: Open Container Format)."""

from collections.abc import Iterable
from io import BytesIO
from typing import TypeAlias
from zipfile import ZIP_STORED, ZipFile, ZipInfo

File: TypeAlias = tuple[str, bytes]
"""A name within the container, and what is in the file."""

_MEDIA_TYPE = b"application/epub+zip"
_CONTAINER = b"""<?xml version="1.0" encoding="utf-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles>
<rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles>
</container>
"""
_UNIX = 3
_READABLE = 0o644 << 16
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def archive(files: Iterable[File]) -> bytes:
    """Pack the files of a publication, in the given order; `package.opf` is among them.

    They are stored as they are: what deflation makes of the same bytes differs between releases
    of zlib and what stands in for it, and so between machines.
    """
    buffer = BytesIO()
    with ZipFile(buffer, "w") as container:
        _add(container, "mimetype", _MEDIA_TYPE)
        _add(container, "META-INF/container.xml", _CONTAINER)
        for name, content in files:
            _add(container, f"EPUB/{name}", content)
    return buffer.getvalue()


def _add(container: ZipFile, name: str, content: bytes) -> None:
    entry = ZipInfo(name, _NO_DATE)
    entry.create_system = _UNIX
    entry.external_attr = _READABLE
    container.writestr(entry, content, ZIP_STORED)
