"""Storage in a folder."""

import asyncio
import os
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from ..errors import Unavailable
from .stored import Stored, checked

Result = TypeVar("Result")

_INCOMING = ".incoming"
"""Where files are while they are written; what a crash left there is removed after a day."""
_DAY = 86_400.0
_HOUR = 3_600.0


class FileStorage:
    """Contents as files; `storage.Storage` tells what its methods do.

    A file's time of modification tells when it was last of use, to the hour.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def read(self, key: str) -> bytes | None:
        """Give what is stored under a key; see Storage."""
        path = self._folder / checked(key)
        return await _in_thread(lambda: _read(path))

    async def write(self, key: str, content: bytes) -> None:
        """Store a content; see Storage."""
        path = self._folder / checked(key)
        await _in_thread(lambda: _write(path, self._folder / _INCOMING, content))

    async def delete(self, key: str) -> None:
        """Remove what is stored under a key; see Storage."""
        path = self._folder / checked(key)
        await _in_thread(lambda: path.unlink(missing_ok=True))

    async def list(self, folder: str) -> Sequence[Stored]:
        """Tell what is stored under a folder; see Storage."""
        found = self._folder / checked(folder)
        return await _in_thread(lambda: list(_files(found, f"{folder}/")))


def _in_thread(work: Callable[[], Result]) -> Awaitable[Result]:
    def tried() -> Result:
        try:
            return work()
        except OSError as error:
            raise Unavailable(f"The file store fails: {error.strerror}.") from error

    return asyncio.to_thread(tried)


def _read(path: Path) -> bytes | None:
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None
    with suppress(OSError):  # It may have been removed meanwhile, or be another user's.
        if path.stat().st_mtime < time.time() - _HOUR:
            os.utime(path)
    return content


def _write(path: Path, incoming: Path, content: bytes) -> None:
    incoming.mkdir(parents=True, exist_ok=True)
    _clear(incoming)
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=incoming)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """See to it that a new name in a folder outlives a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear(incoming: Path) -> None:
    for path in incoming.iterdir():
        with suppress(OSError):
            if path.stat().st_mtime < time.time() - _DAY:
                path.unlink()


def _files(folder: Path, prefix: str) -> Iterator[Stored]:
    try:
        entries = list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _files(folder / entry.name, f"{prefix}{entry.name}/")
            continue
        with suppress(FileNotFoundError):
            told = entry.stat(follow_symlinks=False)
            used_at = datetime.fromtimestamp(told.st_mtime, UTC)
            yield Stored(prefix + entry.name, told.st_size, used_at)
