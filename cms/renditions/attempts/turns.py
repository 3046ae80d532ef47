"""Turns: of several processes on one machine, one makes a rendition and the others wait for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from ...store.writing import to_the_end

try:
    import fcntl
except ImportError:  # Windows: there each process makes its own
    fcntl = None  # type: ignore[assignment] # a module is not None to the type checker

_PAUSE = 0.1


@asynccontextmanager
async def turn(folder: Path, digest: str) -> AsyncIterator[None]:
    """Wait until no other process is at the same work, and keep others waiting meanwhile.

    The system ends the turn of a process that dies. Where no file can be locked, nobody waits; a
    rendition that is made twice is the same.
    """
    path = folder / digest
    file = await _open(path)
    try:
        while file is not None and not _locked(file):  # noqa: ASYNC110 - others set no event
            await asyncio.sleep(_PAUSE)
    except BaseException:
        _close(file)
        raise
    try:
        yield
    finally:
        if file is not None:
            await to_the_end(asyncio.ensure_future(asyncio.to_thread(_end, path, file)))


async def _open(path: Path) -> BinaryIO | None:
    """Open a file, which may wait for the disk; whoever is cancelled leaves none open."""
    opening = asyncio.ensure_future(asyncio.to_thread(_opened, path))
    try:
        await to_the_end(opening)
    except asyncio.CancelledError:
        _close(opening.result())
        raise
    return opening.result()


def _close(file: BinaryIO | None) -> None:
    if file is not None:
        file.close()


def _opened(path: Path) -> BinaryIO | None:
    if fcntl is None:
        return None
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")
    return None


def _end(path: Path, file: BinaryIO) -> None:
    path.unlink(missing_ok=True)
    file.close()


def _locked(file: BinaryIO) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system that knows no locks
        return True
    return True
