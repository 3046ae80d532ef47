"""The library: masters kept once, and what is made of them when it is first wanted."""

import asyncio
from io import BytesIO
from pathlib import Path

import pytest
from pictures import moving, picture, written
from PIL import Image

from pressroom.cms.media.images import workbench
from pressroom.cms.media.images.intake import Unacceptable
from pressroom.cms.media.images.kinds import VariantKind
from pressroom.cms.media.images.library import Library
from pressroom.cms.media.images.names import folder_of, master_key
from pressroom.cms.media.storage_files import FileStorage

pytestmark = pytest.mark.anyio

PIXELS = 10_000_000


@pytest.fixture
def storage(tmp_path: Path) -> FileStorage:
    return FileStorage(tmp_path)


@pytest.fixture
def library(storage: FileStorage) -> Library:
    return Library(storage, PIXELS)


async def kept(library: Library, content: bytes) -> str:
    master = await library.take_in(content)
    await library.keep(master)
    return master.sha256


def size(content: bytes) -> tuple[int, int]:
    return Image.open(BytesIO(content)).size


async def test_the_same_picture_is_one_file(library: Library, storage: FileStorage) -> None:
    sha256 = await kept(library, picture("jpeg"))
    assert await kept(library, picture("jpeg")) == sha256
    assert [stored.key for stored in await storage.list("images")] == [master_key(sha256)]
    master = await library.master(sha256)
    assert master is not None
    assert (master.kind, size(master.content)) == ("jpeg", (120, 80))


async def test_variants_have_the_widths_of_the_ladder(library: Library) -> None:
    sha256 = await kept(library, picture("png", (700, 350)))
    for width, kind in ((160, VariantKind.AVIF), (640, VariantKind.JPEG), (700, VariantKind.WEBP)):
        variant = await library.variant(sha256, width, kind)
        assert variant is not None
        assert (variant.kind, size(variant.content)) == (kind, (width, width // 2))
    for width in (1, 161, 699, 960, 2560):
        assert await library.variant(sha256, width, VariantKind.WEBP) is None
    assert await library.variant("0" * 64, 160, VariantKind.WEBP) is None


async def test_all_who_want_a_variant_at_once_get_one_that_is_made_once(
    library: Library, storage: FileStorage
) -> None:
    sha256 = await kept(library, picture("png", (700, 350)))
    wanted = (library.variant(sha256, 320, VariantKind.WEBP) for _ in range(100))
    variants = await asyncio.gather(*wanted)
    assert len({id(variant.content) for variant in variants if variant}) == 1
    assert len(await storage.list(folder_of(sha256))) == 2


@pytest.mark.parametrize(
    ("content", "kind", "expected"),
    [
        (picture("png", (300, 150)), "png", (300, 150)),
        (picture("jpeg", (4_000, 1_000)), "jpeg", (2_000, 500)),
        (picture("webp", (300, 4_000)), "jpeg", (218, 2_900)),
        (written(Image.new("RGBA", (30, 20), (9, 9, 9, 0)), "webp"), "png", (30, 20)),
        (moving("gif"), "png", (40, 30)),
        (picture("avif"), "jpeg", (120, 80)),
    ],
)
async def test_what_is_printed(
    library: Library, content: bytes, kind: str, expected: tuple[int, int]
) -> None:
    printed = await library.printed(await kept(library, content))
    assert printed is not None
    assert (printed.kind, size(printed.content)) == (kind, expected)


async def test_nothing_is_left_of_what_is_discarded(library: Library, storage: FileStorage) -> None:
    sha256 = await kept(library, picture("png", (700, 350)))
    await library.variant(sha256, 320, VariantKind.WEBP)
    await library.printed(sha256)
    await library.discard(sha256)
    assert await storage.list("images") == []
    assert await library.variant(sha256, 320, VariantKind.WEBP) is None


async def test_work_that_takes_too_long_is_ended(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbench, "SECONDS", 0.01)
    with pytest.raises(Unacceptable, match="too long"):
        await library.take_in(picture("png", (3_000, 3_000)))
    monkeypatch.undo()
    assert (await library.take_in(picture())).width == 120


async def test_work_that_takes_too_much_memory_is_ended(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbench, "MEMORY", 120_000_000)
    with pytest.raises(Unacceptable):
        await library.take_in(picture("png", (3_000, 3_000)))


async def test_who_goes_away_leaves_no_work_behind(library: Library) -> None:
    task = asyncio.create_task(library.take_in(picture("png", (3_000, 3_000))))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await library.take_in(picture())).width == 120
