"""Where images are worked on: a few processes at a time, each for one piece of work.

Decoding takes a core for seconds, and hundreds of megabytes; it must not be felt by whoever reads
in the meantime, and what a hostile content does to a decoder must end with its process.
"""

import asyncio
import json
import sys
from typing import Any, NamedTuple

from ...errors import Unavailable
from .intake import Unacceptable

PLACES = 2
WAITING = 50
"""Pieces of work that may wait for a place; more are sent away."""
SECONDS = 15
"""Of time, and of a core's, for one piece of work."""
MEMORY = 2 * 1024**3
"""Bytes of memory for one piece of work."""

_WORKER = (sys.executable, "-P", "-m", f"{__package__}.worker")


class Done(NamedTuple):
    """What a piece of work came to."""

    told: dict[str, Any]
    content: bytes


class Workbench:
    """Has images worked on in processes of their own, bounded in number, time and memory."""

    def __init__(self) -> None:
        self._places = asyncio.Semaphore(PLACES)
        self._present = 0

    async def take_in(self, content: bytes, max_pixels: int, *, again: bool = False) -> Done:
        """Make a master; see `intake.take_in`, and `readmit` for one that comes `again`.

        Raises Unacceptable, and Unavailable.
        """
        work = "readmit" if again else "take_in"
        done = await self._do(content, work=work, max_pixels=max_pixels)
        if "refusal" in done.told:
            raise Unacceptable(done.told["refusal"])
        return done

    async def variant(self, master: bytes, width: int, kind: str) -> bytes:
        """Make a variant; see `scale.variant`. Raises Unacceptable, and Unavailable."""
        return (await self._do(master, work="variant", width=width, kind=kind)).content

    async def printed(self, master: bytes) -> bytes:
        """Make what is printed; see `scale.printed`. Raises Unacceptable, and Unavailable."""
        return (await self._do(master, work="printed")).content

    async def _do(self, content: bytes, **asked: Any) -> Done:
        if self._present >= PLACES + WAITING:
            raise Unavailable("Too many images are being worked on; try again in a while.")
        self._present += 1
        try:
            async with self._places:
                return await _worked(content, {"memory": MEMORY, "seconds": SECONDS, **asked})
        finally:
            self._present -= 1


async def _worked(content: bytes, asked: dict[str, Any]) -> Done:
    process = await asyncio.create_subprocess_exec(
        *_WORKER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    given = json.dumps(asked).encode() + b"\n" + content
    try:
        async with asyncio.timeout(SECONDS):
            answer, _ = await process.communicate(given)
    except TimeoutError:
        raise Unacceptable("This image takes too long to be read.") from None
    finally:
        await _ended(process)
    if process.returncode:
        raise Unacceptable("This image takes too much time or memory to be read.")
    told, _, made = answer.partition(b"\n")
    return Done(json.loads(told), made)


async def _ended(process: asyncio.subprocess.Process) -> None:
    """See to it that no process outlives its work, also where nobody waits for that any more."""
    if process.returncode is None:
        process.kill()
    await asyncio.shield(_closed(process))


async def _closed(process: asyncio.subprocess.Process) -> None:
    """Wait for its end; what belongs to it is closed when its output has been read to the end."""
    if process.stdout is not None:
        await process.stdout.read()
    await process.wait()
