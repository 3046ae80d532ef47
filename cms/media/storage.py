"""Storage of files: a folder, or a bucket of a service that speaks S3's language."""

from collections.abc import Sequence
from typing import Protocol

from ..settings import Settings
from .storage_files import FileStorage
from .storage_objects import ObjectStorage
from .stored import Stored


class Storage(Protocol):
    """Holds contents under keys; see `stored.checked` for what a key is.

    A content is written whole or not at all: who reads gets all of an old one or of a new one.
    Each method raises Unavailable where the storage does not do what it should (a full disk, a
    service that does not answer), and InvalidKey.
    """

    async def read(self, key: str) -> bytes | None:
        """Give what is stored under a key; None where there is nothing."""

    async def write(self, key: str, content: bytes) -> None:
        """Store a content, in place of what was there."""

    async def delete(self, key: str) -> None:
        """Remove what is stored under a key, if there is anything."""

    async def list(self, folder: str) -> Sequence[Stored]:
        """Tell what is stored under the keys that begin with `{folder}/`, in no order."""


def storage_of(settings: Settings) -> Storage:
    """Open the storage that the settings name.

    Raises InvalidSetting for an address that is none, and ImportError without the extra `s3`.
    """
    if settings.media_url:
        return ObjectStorage(settings.media_url)
    return FileStorage(settings.media_dir)
