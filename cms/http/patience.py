"""How long a request is worked on: as long as its client waits, and not beyond a deadline."""

import asyncio
from collections.abc import Awaitable, Generator
from types import TracebackType
from typing import Any, Generic, TypeVar

from starlette.types import Receive

from .rejections import Rejected

GRACE = 0.05
"""Seconds after which a request is looked after; most are answered long before."""

Answer = TypeVar("Answer")


class Patience(Generic[Answer]):
    """Work that is cancelled when the client hangs up, or when its seconds are over.

    It ends with Rejected then: 400 for the client that is gone, 503 for the deadline. The body must
    have been read, for there is no more to be received than that the client is gone. Work that
    waits for nothing is not watched at all.
    """

    def __init__(self, work: Awaitable[Answer], receive: Receive, seconds: float) -> None:
        self._work = work
        self._receive = receive
        self._seconds = seconds
        self._watch: asyncio.Task[None] | None = None
        self._reason: Rejected | None = None

    def __await__(self) -> Generator[Any, Any, Answer]:
        steps = self._work.__await__()
        try:
            awaited = next(steps)
        except StopIteration as ended:
            answer: Answer = ended.value
            return answer
        with self:
            return (yield from _go_on(steps, awaited))

    def __enter__(self) -> None:
        self._task = asyncio.current_task()
        self._timer = asyncio.get_running_loop().call_later(GRACE, self._begin)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._timer.cancel()
        if self._watch is not None:
            self._watch.cancel()
        if self._reason is None or self._task is None:
            return
        # Whoever else has cancelled this task besides wants it to end as cancelled.
        if not self._task.uncancel() and kind is asyncio.CancelledError:
            raise self._reason from None

    def _begin(self) -> None:
        self._watch = asyncio.get_running_loop().create_task(self._look())

    async def _look(self) -> None:
        try:
            async with asyncio.timeout(self._seconds - GRACE):
                while (await self._receive())["type"] != "http.disconnect":
                    pass
            self._reason = Rejected(400, "The client hung up before it was answered.")
        except TimeoutError:
            message = f"The request could not be answered within {self._seconds:g} seconds."
            self._reason = Rejected(503, message, code="INTERNAL")
        if self._task is not None:
            self._task.cancel()


def _go_on(steps: Generator[Any, Any, Answer], awaited: Any) -> Generator[Any, Any, Answer]:
    """Take the further steps of work that waits for something."""
    try:
        while True:
            try:
                sent = yield awaited
            except BaseException as error:
                awaited = steps.throw(error)
            else:
                awaited = steps.send(sent)
    except StopIteration as ended:
        answer: Answer = ended.value
        return answer
