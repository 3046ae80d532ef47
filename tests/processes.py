"""Pressroom as a process of its own, as its users run it."""

import os
import re
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
_PATIENCE = 60.0
"""Seconds after which a server that does not begin, or does not end, is killed."""


def environment(**given: str) -> dict[str, str]:
    """Give the environment of a process, without what would lead it back to this checkout."""
    foreign = ("PRESSROOM_", "PYTHON", "VIRTUAL_ENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
    return {**kept, "PYTHONUNBUFFERED": "1", **given}


def run(command: Sequence[str | Path], folder: Path, given: Mapping[str, str] | None = None) -> str:
    """Run a command to its end, which must be a good one, and give what it wrote."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=environment(**(given or {})),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


@contextmanager
def serving(
    command: Sequence[str | Path], folder: Path, given: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Run a server for as long as the context lasts, and give its address."""
    with started(command, folder, given) as (_, address):
        yield address


@contextmanager
def started(
    command: Sequence[str | Path], folder: Path, given: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a server until it ends or the context does, and give the process and its address."""
    process = subprocess.Popen(
        [str(part) for part in command],
        cwd=folder,
        env=environment(**(given or {})),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with process:
        try:
            yield process, _address(process)
        finally:
            process.terminate()
            with _killing(process):
                process.communicate()


def _address(process: subprocess.Popen[str]) -> str:
    written = []
    assert process.stdout
    with _killing(process):
        for line in process.stdout:
            written.append(line)
            if told := _ADDRESS.search(line):
                return told[0]
    raise AssertionError("the server ended: " + "".join(written))


@contextmanager
def _killing(process: subprocess.Popen[str]) -> Iterator[None]:
    timer = Timer(_PATIENCE, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
