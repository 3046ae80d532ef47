"""Memory: what was made is not held on to, neither by the server nor by its workers."""

import gc
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from presses import press_of
from trial_jobs import Writing

from pressroom.cms.renditions.core import FORMATS
from pressroom.cms.renditions.job import Commission, Job
from pressroom.cms.renditions.options import RenditionOptions
from pressroom.cms.renditions.press import Press
from pressroom.cms.settings import Settings

pytestmark = pytest.mark.anyio

SIZE = 200_000


async def test_the_server_holds_on_to_nothing(tmp_path: Path) -> None:
    press = press_of(Settings(media_dir=tmp_path, rendition_workers=1, renditions_bytes=5 * SIZE))
    numbers = count()
    tracemalloc.start()
    try:
        await make(press, numbers, 20)
        before = held()
        await make(press, numbers, 60)
        assert held() - before < SIZE
    finally:
        tracemalloc.stop()
        await press.close()


async def make(press: Press, numbers: Iterator[int], times: int) -> None:
    """Have as many renditions made, half of them by a worker."""
    for _, number in zip(range(times), numbers, strict=False):

        async def load() -> Job:
            return Writing("x" * SIZE)

        await press.make(Commission(f"{number:032}", load, light=number % 2 == 0))


def held() -> int:
    gc.collect()
    return tracemalloc.get_traced_memory()[0]


@pytest.mark.parametrize("name", ["PRINT_HTML", "PDF", "EPUB", "MARKDOWN", "TEXT"])
def test_a_format_holds_on_to_nothing(make_document, name: str) -> None:
    document, wanted = make_document("<p>Some <em>words</em>.</p>" * 50), FORMATS.named(name)

    def render(numbers: range) -> int:
        for number in numbers:
            wanted.render(replace(document, title=f"Post {number}"), RenditionOptions())
        return held()

    tracemalloc.start()
    try:
        before = render(range(5))
        assert render(range(5, 20)) - before < SIZE
    finally:
        tracemalloc.stop()
