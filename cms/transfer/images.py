"""Images that lie in a folder: found by their paths, never beyond it, and taken in."""

from pathlib import Path, PurePosixPath

from sqlalchemy.ext.asyncio import AsyncSession

from ..actors import SYSTEM
from ..content import Image
from ..errors import Refused
from ..media.images.library import Library
from ..media.storage import storage_of
from ..services import images
from ..services.images import MAX_ALT, MAX_CAPTION, AddImage
from ..settings import Settings
from .errors import explain
from .report import Report

KIND = "images"


def library_of(settings: Settings) -> Library:
    """Open the library of the storage that the settings name."""
    return Library(storage_of(settings), settings.max_image_pixels)


class ImageFolder:
    """Takes in images of a folder, once each."""

    def __init__(
        self, session: AsyncSession, settings: Settings, report: Report, root: Path
    ) -> None:
        self._session = session
        self._library = library_of(settings)
        self._most = settings.max_upload_bytes
        self._report = report
        self._root = root.resolve()

    def has(self, path: str) -> bool:
        """Whether there is a file of that path in the folder."""
        return self._find(path) is not None

    async def take(
        self, path: str, source_key: str, *, alt: str = "", caption: str = ""
    ) -> Image | None:
        """Give the image of a file: the one that an earlier run brought, or a new one.

        None for what is none of ours; why not stands in the report then.
        """
        known = await self._known(source_key)
        if known is not None:
            return known
        content = self._read(path)
        if content is None:
            return None
        alt, caption = " ".join(alt.split())[:MAX_ALT], caption[:MAX_CAPTION]
        try:
            master = await images.take_in(self._library, content, alt=alt, caption=caption)
            wanted = AddImage(master=master, alt=alt, caption=caption, source_key=source_key)
            image = await images.add(self._session, self._library, SYSTEM, wanted)
        except Refused as refusal:
            self._report.left_out(KIND, explain(refusal), path)
            return None
        self._report.taken[KIND] += 1
        return image

    async def _known(self, source_key: str) -> Image | None:
        if "\0" in source_key:  # which no text of PostgreSQL can hold
            return None
        return await images.find_by_source_key(self._session, source_key)

    def _read(self, path: str) -> bytes | None:
        found = self._find(path)
        if found is None:
            self._report.left_out(KIND, "not in the folder of uploads", path)
            return None
        with found.open("rb") as file:
            content = file.read(self._most + 1)
        if len(content) > self._most:
            self._report.left_out(KIND, f"has more than {self._most:,} bytes", path)
            return None
        return content

    def _find(self, path: str) -> Path | None:
        """Find a file; what a symbolic link or `..` leads to must be in the folder too."""
        parts = PurePosixPath(path).parts
        if not parts or "\0" in path or PurePosixPath(path).is_absolute():
            return None
        try:
            found = self._root.joinpath(*parts).resolve()
            inside = found.is_relative_to(self._root) and found.is_file()
        except (OSError, RuntimeError):
            return None
        return found if inside else None
