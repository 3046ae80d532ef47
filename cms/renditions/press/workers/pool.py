"""The workers of a server: begun when there is work, and let go when there is none."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from .limits import Limits
from .process import WorkerProcess

_IDLE = 60.0
"""Seconds without work after which a worker is let go."""


class Pool:
    """At most `count` workers at once; who wants one more waits for its turn."""

    def __init__(self, count: int, limits: Limits, idle: float = _IDLE) -> None:
        self._turns = asyncio.Semaphore(count)
        self._limits = limits
        self._idle = idle
        self._waiting: dict[WorkerProcess, asyncio.TimerHandle] = {}
        self._leaving: dict[WorkerProcess, asyncio.Task[None]] = {}

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[WorkerProcess]:
        """Have a worker to oneself. Raises Unavailable where none can be begun."""
        async with self._turns:
            worker = self._waited() or await WorkerProcess.start(self._limits)
            try:
                yield worker
            finally:
                self._take_back(worker)

    async def close(self) -> None:
        """End all workers, of which none may be working any more."""
        for timer in self._waiting.values():
            timer.cancel()
        leaving = dict(self._leaving)
        for task in leaving.values():
            task.cancel()
        await asyncio.gather(*leaving.values(), return_exceptions=True)
        ending = [worker.kill() for worker in (*self._waiting, *leaving)]
        self._waiting.clear()
        await asyncio.gather(*ending)

    def _waited(self) -> WorkerProcess | None:
        """Give the worker that has waited least: the others may be let go."""
        while self._waiting:
            worker, timer = self._waiting.popitem()
            timer.cancel()
            if worker.is_good:
                return worker
            self._retire(worker)
        return None

    def _take_back(self, worker: WorkerProcess) -> None:
        if not worker.is_good:
            self._retire(worker)
            return
        loop = asyncio.get_running_loop()
        self._waiting[worker] = loop.call_later(self._idle, self._let_go, worker)

    def _let_go(self, worker: WorkerProcess) -> None:
        del self._waiting[worker]
        self._retire(worker)

    def _retire(self, worker: WorkerProcess) -> None:
        leaving = self._leaving[worker] = asyncio.create_task(worker.retire())
        leaving.add_done_callback(lambda _: self._leaving.pop(worker, None))
