"""A worker's process, as the server has it."""

import asyncio
import logging
import os
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, cast

from ....errors import Unavailable
from ...formats.format import NotRenderable
from ..job import FAULT, Job, NotMade
from .limits import Limits
from .messages import LENGTH, Answer, Outcome

_BEGIN = """
import sys
seconds, memory, jobs, *sys.path[:] = sys.argv[1:]
from pressroom.cms.renditions.press.workers.limits import Limits
limits = Limits(float(seconds), int(memory), int(jobs))
limits.enter()
from pressroom.cms.renditions.press.workers.worker import main
main(limits)
"""
_PATIENCE = 60.0
"""Seconds in which a worker must stand by, and end when it has nothing to do."""
_CHUNK = 65_536
_NONE_OF_ITS_BUSINESS = ("PRESSROOM_", "AWS_")
_ENDED = "It could not be made: it took too much memory, or broke what makes it."

_log = logging.getLogger(__name__)


class WorkerProcess:
    """A worker that takes one job at a time."""

    def __init__(self, process: Process, limits: Limits) -> None:
        self._process = process
        self._jobs = cast("asyncio.StreamWriter", process.stdin)
        self._answers = cast("asyncio.StreamReader", process.stdout)
        self._limits = limits
        self._is_spent = False

    @property
    def is_good(self) -> bool:
        """Whether it can be given another job."""
        return not self._is_spent and self._process.returncode is None

    @classmethod
    async def start(cls, limits: Limits) -> "WorkerProcess":
        """Begin a process and wait until it stands by. Raises Unavailable."""
        worker = cls(await _begun(limits), limits)
        try:
            async with asyncio.timeout(_PATIENCE):
                await worker._receive()
        except (TimeoutError, EOFError, OSError) as failure:
            await worker.kill()
            raise Unavailable("Renditions cannot be made: no worker could be started.") from failure
        except BaseException:
            await worker.kill()
            raise
        return worker

    async def run(self, job: Job) -> bytes:
        """Have a job done and give what was made, packed.

        Raises NotRenderable; NotMade where it took too long or too much, which ends the process.
        """
        message = pickle.dumps(job, pickle.HIGHEST_PROTOCOL)
        try:
            async with asyncio.timeout(self._limits.seconds):
                await self._send(message)
                answer = await self._receive()
        except TimeoutError:
            await self.kill()
            raise NotMade(_too_long(self._limits)) from None
        except (EOFError, OSError):
            await self.kill()
            raise NotMade(_ENDED) from None
        except BaseException:
            await self.kill()
            raise
        self._is_spent = answer.is_last
        return answer.body if answer.outcome is Outcome.MADE else _refuse(answer, self._limits)

    async def retire(self) -> None:
        """Let it end by itself, since it has nothing to do, and see to it that it does."""
        self._is_spent = True
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._ended()
        except TimeoutError:
            await self.kill()

    async def kill(self) -> None:
        """End it at once, whatever it does."""
        self._is_spent = True
        if self._process.returncode is None:
            self._process.kill()
        await self._ended()

    async def _ended(self) -> None:
        """Wait until the process has ended and nothing of it is open: the event loop may end now.

        asyncio closes what belongs to a process when it has read its output to the end.
        """
        self._jobs.close()
        with suppress(OSError):
            while await self._answers.read(_CHUNK):
                pass
        await self._process.wait()
        with suppress(OSError):
            await self._jobs.wait_closed()

    async def _send(self, message: bytes) -> None:
        # In one piece: a worker that wakes up for the length alone would wait for the rest.
        self._jobs.write(LENGTH.pack(len(message)) + message)
        await self._jobs.drain()

    async def _receive(self) -> Answer:
        (length,) = LENGTH.unpack(await self._answers.readexactly(LENGTH.size))
        return Answer.unpack(await self._answers.readexactly(length))


async def _begun(limits: Limits) -> Process:
    """Begin a process; who gives up meanwhile leaves no half of it behind."""
    beginning = asyncio.create_task(_begin(limits))
    try:
        return await asyncio.shield(beginning)
    except asyncio.CancelledError:
        await WorkerProcess(await beginning, limits).kill()
        raise


async def _begin(limits: Limits) -> Process:
    given = (limits.seconds, limits.memory, limits.jobs)
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-c", _BEGIN, *map(str, given), *_path()),
        stdin=PIPE,
        stdout=PIPE,
        env=_environment(),
    )


def _path() -> list[str]:
    return [str(Path(entry or ".").absolute()) for entry in sys.path]


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(_NONE_OF_ITS_BUSINESS)
    }
    # One worker is one processor's work, however many threads a typesetter would like to have.
    return {**kept, "RAYON_NUM_THREADS": "1"}


def _too_long(limits: Limits) -> str:
    return f"It could not be made within {limits.seconds:g} seconds."


def _refuse(answer: Answer, limits: Limits) -> NoReturn:
    if answer.outcome is Outcome.REFUSED:
        raise NotRenderable(answer.body.decode())
    if answer.outcome is Outcome.EXHAUSTED:
        megabytes = limits.memory // 1_000_000
        raise NotMade(f"It could not be made within {megabytes} megabytes of memory.")
    _log.error("A rendition could not be made:\n%s", answer.body.decode())
    raise NotMade(FAULT)
