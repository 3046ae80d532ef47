"""Reading from SQLite: in the event loop what is quick, in threads what is not.

Going through a thread costs as much as a small query, so what may come to few rows runs without.
That is a bound known beforehand, which few readings come near, so the clock has the last word:
one that takes longer is interrupted, and goes on in a thread, on its connection and in the midst
of its transaction.

What is read in one turn of the event loop is read in one transaction: to begin and to end one
takes as long as a short statement. None is older than the turn. Whatever came after it was begun,
such as news of a commit, waits behind its end in the event loop's queue, and is acted upon when a
new one sees that.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from ...errors import Unavailable
from ...settings import Settings
from ..reading import Answer, Begun, Done, Pause, Reading, Step, advance, finish
from .lane import Lane, Late

INLINE_COST = 12_000
"""Rows up to which a reading is begun in the event loop.

A row takes about a microsecond to read and to show, a thread 150 to 400. A whole article with its
threads may come to 11,058 rows, comes to some dozens, and takes 90 microseconds: it must not pay
for a thread. What really comes to as many rows takes some ten milliseconds.
"""
INLINE_SECONDS = 0.01
"""How long the statements of a reading may hold up the event loop."""


class SQLiteReader:
    """Reads over one connection in the event loop, and over others in `reading_threads` threads.

    As many readings again may wait for a thread in the midst of what they have begun.
    """

    def __init__(self, path: str, settings: Settings) -> None:
        self._path = path
        self._settings = settings
        self._free: list[Lane] = []
        self._used: set[Lane] = set()
        self._of_turn: Lane | None = None
        """The connection with the transaction of this turn, while nobody reads."""
        self._threads = ThreadPoolExecutor(settings.reading_threads, "pressroom-reading")
        self._turns = asyncio.Semaphore(settings.reading_threads)

    async def run(
        self,
        reading: Reading[Answer],
        cost: int = 0,
        *,
        consistent: bool = False,  # noqa: ARG002 - in a transaction of SQLite it always is
    ) -> Answer:
        """Run a reading; see Reader."""
        begun = self.begin(reading, cost)
        return begun.answer if isinstance(begun, Done) else await begun

    def begin(self, reading: Reading[Answer], cost: int = 0) -> Begun[Answer]:
        """Run a reading as far as it goes without waiting; see Reader."""
        if cost > INLINE_COST:
            return self._run_in_thread(reading)
        lane = self._take()
        try:
            step = lane.drive(reading, advance(reading), INLINE_SECONDS)
        except Late as late:
            return self._go_on(lane, reading, late.statement)
        except BaseException:
            self._give_back(lane)
            raise
        self._leave(lane)
        return step if isinstance(step, Done) else finish(reading, step)

    async def close(self) -> None:
        """End what still runs, and close the connections."""
        for lane in self._used:
            lane.stop()
        self._threads.shutdown()
        self._end_transaction()
        for lane in (*self._free, *self._used):
            lane.close()
        self._free.clear()
        self._used.clear()

    async def _run_in_thread(self, reading: Reading[Answer]) -> Answer:
        await self._turn()
        return await finish(reading, await self._in_thread(self._take(), reading, None))

    async def _go_on(self, lane: Lane, reading: Reading[Answer], step: Step) -> Answer:
        try:
            if len(self._used) > 2 * self._settings.reading_threads:
                raise _busy()
            await self._turn()
        except BaseException:
            self._give_back(lane)
            raise
        return await finish(reading, await self._in_thread(lane, reading, step))

    async def _turn(self) -> None:
        """Wait until a thread is free. Raises Unavailable when that takes too long."""
        try:
            async with asyncio.timeout(self._settings.pool_timeout):
                await self._turns.acquire()
        except TimeoutError:
            raise _busy() from None

    async def _in_thread(
        self, lane: Lane, reading: Reading[Answer], step: Step | None
    ) -> Pause | Done[Answer]:
        """Run statements in a thread, beginning with `step`; what is cancelled is interrupted."""
        seconds = self._settings.statement_timeout
        loop = asyncio.get_running_loop()
        work = self._threads.submit(lambda: lane.drive(reading, step or advance(reading), seconds))
        # Cancelled or not, the connection is in use until the thread has left it.
        work.add_done_callback(lambda _: loop.call_soon_threadsafe(self._end_turn, lane))
        try:
            return await asyncio.wrap_future(work)
        except asyncio.CancelledError:
            lane.stop()
            raise
        except Late:
            raise Unavailable("The database took too long to answer.") from None

    def _end_turn(self, lane: Lane) -> None:
        self._turns.release()
        # Closing the reader has closed it already.
        if lane in self._used:
            self._give_back(lane)

    def _take(self) -> Lane:
        """Go on with the transaction of this turn, or begin one on the connection used last."""
        lane, self._of_turn = self._of_turn, None
        if lane is None:
            lane = self._free.pop() if self._free else Lane(self._path)
            # First of all: nothing that is heard of later may run while it stands.
            asyncio.get_running_loop().call_soon(self._end_transaction)
            lane.begin()
        self._used.add(lane)
        return lane

    def _leave(self, lane: Lane) -> None:
        """Leave a transaction to those who read in the same turn."""
        self._used.discard(lane)
        self._of_turn = lane

    def _end_transaction(self) -> None:
        lane, self._of_turn = self._of_turn, None
        if lane is not None:
            self._give_back(lane)

    def _give_back(self, lane: Lane) -> None:
        self._used.discard(lane)
        lane.end()
        self._free.append(lane)


def _busy() -> Unavailable:
    return Unavailable("The database is too busy to answer.")
