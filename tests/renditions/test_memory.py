"""Memory: what was made is not held on to, neither by the server nor by its workers."""

import gc
import tracemalloc
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from presses import press_of
from trial_jobs import Writing

from pressroom.cms.renditions.formats.core import FORMATS
from pressroom.cms.renditions.formats.options import RenditionOptions
from pressroom.cms.renditions.press.job import Commission, Job
from pressroom.cms.renditions.press.press import Press
from pressroom.cms.settings import Settings

pytestmark = pytest.mark.anyio

SIZE = 200_000


async def test_the_server_holds_on_to_nothing(tmp_path: Path) -> None:
    tracemalloc.start()
    try:
        presses, sizes = [], []
        for numbers in (range(20), range(20, 60), range(60, 100)):
            presses.append(await at_rest(tmp_path, numbers))
            sizes.append(held())
        # What is loaded once may come late; what is held on to grows with every rendition.
        assert min(after - before for before, after in pairwise(sizes)) < SIZE
    finally:
        tracemalloc.stop()


async def at_rest(folder: Path, numbers: range) -> Press:
    """Have as many renditions made, half of them by a worker, until all of them are stored."""
    press = press_of(Settings(media_dir=folder, rendition_workers=1, renditions_bytes=5 * SIZE))
    for number in numbers:

        async def load() -> Job:
            return Writing("x" * SIZE)

        await press.make(Commission(f"{number:032}", load, light=number % 2 == 0))
    await press.close()
    return press


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
