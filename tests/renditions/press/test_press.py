"""The press: each rendition is made once, within bounds, and whatever happens to one of them."""

import asyncio
import dataclasses
import logging
import os
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from presses import press_of
from trial_jobs import Broken, Chatty, Dying, Greedy, Large, Refusing, Telling, Waiting, Writing

from pressroom.cms.errors import Unavailable
from pressroom.cms.renditions.formats.format import NotRenderable
from pressroom.cms.renditions.press.job import Commission, Job, NotMade
from pressroom.cms.renditions.press.press import LITTLE, NotReady, Press, TooBusy
from pressroom.cms.settings import Settings
from pressroom.cms.store import clock

pytestmark = pytest.mark.anyio

SERVER = f"""
import asyncio, sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parents[2])!r})
from trial_jobs import Waiting
from presses import press_of
from pressroom.cms.renditions.press.job import Commission
from pressroom.cms.settings import Settings

async def main(folder, pipe, noted):
    async def load():
        return Waiting(noted=Path(noted), pipe=Path(pipe))
    press = press_of(Settings(media_dir=Path(folder)))
    await press.make(Commission("d" * 32, load))

asyncio.run(main(*sys.argv[1:]))
"""

SETTINGS = Settings(rendition_workers=1)


@asynccontextmanager
async def pressing(folder: Path, **given: object) -> AsyncIterator[Press]:
    settings = dataclasses.replace(SETTINGS, media_dir=folder / "media", **given)
    press = press_of(settings)
    try:
        yield press
    finally:
        await press.close()


@pytest.fixture
async def press(tmp_path: Path) -> AsyncIterator[Press]:
    async with pressing(tmp_path) as press:
        yield press


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


async def opened(pipe: Path) -> None:
    """Let those go on that wait for a pipe."""
    await asyncio.to_thread(pipe.write_bytes, b"")


def wanted(job: Job, digest: str = "d" * 32, *, light: bool = False) -> Commission:
    async def load() -> Job:
        return job

    return Commission(digest, load, light=light)


def runs(noted: Path) -> int:
    return len(noted.read_text().splitlines()) if noted.exists() else 0


@pytest.mark.parametrize("light", [True, False])
async def test_a_hundred_who_want_it_get_what_was_made_once(
    press: Press, tmp_path: Path, light: bool
) -> None:
    noted = tmp_path / "noted"
    asked = (press.make(wanted(Writing("ünï", noted), light=light)) for _ in range(100))
    made = await asyncio.gather(*asked)
    assert {one.output.content.decode() for one in made} == {"ünï"}
    assert (made[0].output.warnings, made[0].output.page_count) == (("A warning.",), 3)
    assert runs(noted) == 1


async def test_what_was_made_outlives_the_server(tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    async with pressing(tmp_path) as press:
        made = await press.make(wanted(Writing(noted=noted)))
    async with pressing(tmp_path) as press:
        assert await press.make(wanted(Writing(noted=noted))) == made
    assert runs(noted) == 1


async def test_two_servers_make_it_once(tmp_path: Path, pipe: Path) -> None:
    noted = tmp_path / "noted"
    job = Waiting(noted=noted, pipe=pipe)
    async with pressing(tmp_path) as one, pressing(tmp_path) as other:
        asked = asyncio.gather(one.make(wanted(job)), other.make(wanted(job)))
        await opened(pipe)
        first, second = await asked
    assert first == second
    assert runs(noted) == 1


async def test_who_loses_patience_finds_it_later(press: Press, pipe: Path) -> None:
    job = wanted(Waiting(pipe=pipe))
    for _ in range(3):
        with pytest.raises(NotReady):
            await press.make(job, patience=0)
    await opened(pipe)
    assert (await press.make(job)).output.content == b"written"


async def test_who_goes_away_spoils_nothing_for_others(press: Press, pipe: Path) -> None:
    job = wanted(Waiting(pipe=pipe))
    gone, staying = (asyncio.create_task(press.make(job)) for _ in range(2))
    await opened_after(gone.cancel, pipe)
    assert (await staying).output.content == b"written"
    assert gone.cancelled()


async def opened_after(happening: Callable[[], object], pipe: Path) -> None:
    await asyncio.sleep(0)
    happening()
    await opened(pipe)


async def test_little_of_a_light_format_is_made_in_the_server(press: Press) -> None:
    async def where(size: int, digest: str, *, light: bool) -> int:
        made = await press.make(wanted(Telling(size=size), digest * 32, light=light))
        return int(made.output.content.split()[0])

    assert await where(LITTLE, "a", light=True) == os.getpid()
    assert await where(LITTLE + 1, "b", light=True) != os.getpid()
    assert await where(0, "c", light=False) != os.getpid()


async def test_a_worker_steps_back_and_knows_no_secrets(
    press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PRESSROOM_DATABASE_URL", "postgresql://somebody:secret@host/db")
    _, nice, _, policy, *names = (await press.make(wanted(Telling()))).output.content.split()
    assert int(nice) >= 10
    assert int(policy) != os.SCHED_IDLE
    assert b"PRESSROOM_DATABASE_URL" not in names
    # When all is loaded, it has the processor while nobody else wants it.
    _, _, _, policy, *_ = (await press.make(wanted(Telling(), "e" * 32))).output.content.split()
    assert int(policy) == os.SCHED_IDLE


async def test_what_a_library_prints_is_no_answer(press: Press) -> None:
    assert (await press.make(wanted(Chatty()))).output.content == b"written"


@pytest.mark.parametrize(
    ("job", "kind", "reason"),
    [
        (Refusing(), NotRenderable, "It has no words."),
        (Greedy(), NotMade, "It could not be made within 600 megabytes of memory."),
        (Dying(), NotMade, "It could not be made: it took too much memory, or broke"),
        (Broken(), NotMade, "It could not be made, by a fault that the server has written down."),
    ],
)
async def test_what_cannot_be_made_says_why_and_harms_no_other(
    tmp_path: Path, job: Job, kind: type[Exception], reason: str
) -> None:
    async with pressing(tmp_path, rendition_memory=600_000_000) as press:
        await fails(press, job, kind, reason)


async def test_what_takes_too_long_says_so_and_harms_no_other(tmp_path: Path, pipe: Path) -> None:
    async with pressing(tmp_path, rendition_timeout=2.0) as press:
        await fails(press, Waiting(pipe=pipe), NotMade, "It could not be made within 2 seconds.")


async def fails(press: Press, job: Job, kind: type[Exception], reason: str) -> None:
    """See a job fail between two others, which are done."""
    await press.make(wanted(Writing(), "0" * 32))
    with pytest.raises(NotRenderable, match=reason) as refusal:
        await press.make(wanted(job))
    assert type(refusal.value) is kind
    assert (await press.make(wanted(Writing(), "e" * 32))).output.content == b"written"


async def test_a_fault_is_written_down(press: Press, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR), pytest.raises(NotMade):
        await press.make(wanted(Broken()))
    assert "a secret of the server" in caplog.text


@pytest.mark.parametrize("light", [True, False])
async def test_a_failure_is_remembered_for_a_while(
    press: Press, tmp_path: Path, light: bool
) -> None:
    with pytest.raises(NotMade):
        await press.make(wanted(Broken(), light=light))
    assert isinstance(press.failure("d" * 32), NotMade)
    with pytest.raises(NotMade):
        await press.make(wanted(Writing(noted=tmp_path / "noted"), light=light))
    assert runs(tmp_path / "noted") == 0
    later = clock.now() + timedelta(minutes=11)
    with clock.told_by(lambda: later):
        assert (await press.make(wanted(Writing(), light=light))).output.content == b"written"


async def test_a_database_that_does_not_answer_is_no_fault_of_the_post(press: Press) -> None:
    async def load() -> Job:
        raise Unavailable("The database is too busy to answer.")

    with pytest.raises(Unavailable):
        await press.make(Commission("d" * 32, load))
    assert (await press.make(wanted(Writing()))).output.content == b"written"


async def test_so_many_may_wait(tmp_path: Path, pipe: Path) -> None:
    async with pressing(tmp_path, rendition_queue=2) as press:
        first, second = (wanted(Waiting(pipe=pipe), digit * 32) for digit in "12")
        for one in (first, second):
            with pytest.raises(NotReady):
                await press.make(one, patience=0)
        with pytest.raises(TooBusy):
            await press.make(wanted(Writing(), "3" * 32))
        with pytest.raises(NotReady):
            await press.make(first, patience=0)


async def test_a_full_disk_keeps_nobody_from_reading(tmp_path: Path) -> None:
    (tmp_path / "media").write_text("a file where the folder should be")
    async with pressing(tmp_path) as press:
        for light in (True, False):
            made = await press.make(wanted(Writing(), light=light))
            assert made.output.content == b"written"


@pytest.mark.parametrize("damage", [lambda whole: whole[:-1], lambda _whole: b"", bytes.upper])
async def test_what_is_stored_in_half_is_made_again(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    async with pressing(tmp_path) as press:
        await press.make(wanted(Writing()))
    (stored,) = files(tmp_path)
    stored.write_bytes(damage(stored.read_bytes()))
    async with pressing(tmp_path) as press:
        assert (await press.make(wanted(Writing("again")))).output.content == b"again"


def files(folder: Path) -> list[Path]:
    return [path for path in (folder / "media/renditions").rglob("*") if path.is_file()]


async def test_what_is_stored_stays_within_its_bound(tmp_path: Path) -> None:
    bound, text = 200_000, "x" * 5_000
    async with pressing(tmp_path, renditions_bytes=bound) as press:
        for number in range(60):
            await press.make(wanted(Writing(text), f"{number:032}", light=True))
    async with pressing(tmp_path, renditions_bytes=bound) as press:
        for number in range(60, 90):
            await press.make(wanted(Writing(text), f"{number:032}", light=True))
    kept = {path.name: path.stat().st_size for path in files(tmp_path)}
    assert bound * 0.8 < sum(kept.values()) <= bound
    assert f"{89:032}" in kept


async def test_a_worker_ends_with_the_server_whatever_it_does(tmp_path: Path, pipe: Path) -> None:
    async with pressing(tmp_path) as press:
        telling = await press.make(wanted(Telling()))
        process = int(telling.output.content.split()[0])
        os.kill(process, 0)
        waiting = asyncio.create_task(press.make(wanted(Waiting(pipe=pipe), "e" * 32)))
        with pytest.raises(NotReady):
            await press.make(wanted(Waiting(pipe=pipe), "e" * 32), patience=0)
    with pytest.raises(Unavailable):
        await waiting
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


async def test_a_server_that_stops_begins_nothing(tmp_path: Path) -> None:
    noted = tmp_path / "noted"
    async with pressing(tmp_path) as press:
        made = await press.make(wanted(Writing(), "a" * 32))
    for light in (True, False):
        with pytest.raises(Unavailable):
            await press.make(wanted(Writing(noted=noted), light=light))
    assert await press.make(wanted(Writing(noted=noted), "a" * 32)) == made
    assert runs(noted) == 0


async def process_of(press: Press, job: Job, digest: str) -> int:
    made = await press.make(wanted(job, digest * 32))
    return int(made.output.content.split()[0])


async def test_a_worker_grown_large_is_replaced_and_ends(tmp_path: Path) -> None:
    async with pressing(tmp_path, rendition_memory=300_000_000) as press:
        grown = await process_of(press, Large(), "a")
        assert await process_of(press, Telling(), "b") != grown
        last = await process_of(press, Large(), "c")
    for process in (grown, last):
        with pytest.raises(ProcessLookupError):
            os.kill(process, 0)


async def test_how_large_the_server_is_wears_no_worker(tmp_path: Path) -> None:
    Large().run()
    async with pressing(tmp_path, rendition_memory=300_000_000) as press:
        first = await process_of(press, Telling(), "a")
        assert await process_of(press, Telling(), "b") == first


async def test_a_worker_ends_after_a_server_that_was_killed(tmp_path: Path, pipe: Path) -> None:
    noted = tmp_path / "noted"
    server = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", SERVER, str(tmp_path), str(pipe), str(noted)),
        stderr=asyncio.subprocess.PIPE,
    )
    opening = asyncio.create_task(asyncio.to_thread(pipe.open, "wb"))
    ending = asyncio.create_task(server.wait())
    await asyncio.wait({opening, ending}, return_when=asyncio.FIRST_COMPLETED)
    if ending.done():
        pipe.open("rb").close()  # Nobody else will, and the thread would wait for ever.
        pytest.fail("the server has ended by itself")
    writing = await opening  # The worker has opened it, too.
    server.kill()
    writing.close()
    # Its worker has the same standard error: that ends with the last of them.
    assert server.stderr is not None
    assert await server.stderr.read() == b""
    await ending
    assert runs(noted) == 1


async def test_a_worker_bounds_its_processor_time_itself(press: Press) -> None:
    made = await press.make(wanted(Telling()))
    bound = int(made.output.content.split()[2])
    assert SETTINGS.rendition_timeout < bound < SETTINGS.rendition_timeout + 10
