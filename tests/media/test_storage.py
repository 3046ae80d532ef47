"""A folder and a bucket are the same to whoever stores in them."""

import asyncio
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from obstore.store import LocalStore, MemoryStore

from pressroom.cms.errors import Unavailable
from pressroom.cms.media.storage import Storage, storage_of
from pressroom.cms.media.storage_files import FileStorage
from pressroom.cms.media.storage_objects import ObjectStorage
from pressroom.cms.media.stored import InvalidKey, checked
from pressroom.cms.settings import InvalidSetting, Settings

pytestmark = pytest.mark.anyio

STORAGES: dict[str, Callable[[Path], Storage]] = {
    "files": FileStorage,
    "objects in memory": lambda _folder: ObjectStorage(MemoryStore()),
    "objects in files": lambda folder: ObjectStorage(LocalStore(folder, mkdir=True)),
}


ELSEWHERE = ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", ".hidden", "a/.b", "a\\b"]
KEYS_OF_NONE = [*ELSEWHERE, "a\0", "a\n", "é", "x" * 200, "a/" * 20 + "a"]


@pytest.fixture(params=STORAGES)
def storage(request: pytest.FixtureRequest, tmp_path: Path) -> Storage:
    return STORAGES[request.param](tmp_path / "media")


async def test_what_is_written_is_read_until_it_is_deleted(storage: Storage) -> None:
    assert await storage.read("some/key.bin") is None
    await storage.write("some/key.bin", b"\0content")
    assert await storage.read("some/key.bin") == b"\0content"
    await storage.write("some/key.bin", b"")
    assert await storage.read("some/key.bin") == b""
    assert await storage.read("some") is None
    await storage.delete("some/key.bin")
    await storage.delete("some/key.bin")
    assert await storage.read("some/key.bin") is None


async def test_what_is_stored_is_listed_with_its_size(storage: Storage) -> None:
    before = datetime.now(UTC) - timedelta(seconds=5)
    assert list(await storage.list("one")) == []
    for key in ("one/a", "one/below/b.pdf", "two/c", "oneself/d"):
        await storage.write(key, key.encode())
    found = await storage.list("one")
    assert {(it.key, it.size) for it in found} == {("one/a", 5), ("one/below/b.pdf", 15)}
    assert all(before < it.used_at for it in found)


async def test_who_reads_gets_all_of_one_content(storage: Storage) -> None:
    contents = [bytes([letter]) * 200_000 for letter in b"abcdefgh"]
    await storage.write("key", contents[0])
    reading = [storage.read("key") for _ in range(40)]
    *_, found = await asyncio.gather(
        *(storage.write("key", content) for content in contents), asyncio.gather(*reading)
    )
    assert set(found) <= set(contents)


@pytest.mark.parametrize("key", KEYS_OF_NONE)
async def test_no_key_leads_elsewhere(storage: Storage, key: str) -> None:
    for use in (storage.read(key), storage.write(key, b"x"), storage.delete(key)):
        with pytest.raises(InvalidKey):
            await use
    with pytest.raises(InvalidKey):
        await storage.list(key)


@given(st.text(alphabet="ab.-_/\\~%é\n ", max_size=12))
def test_a_key_stays_below_its_folder(key: str) -> None:
    try:
        checked(key)
    except InvalidKey:
        return
    folder = Path("/media")
    assert folder in Path(os.path.normpath(folder / key)).parents


async def test_a_file_that_is_read_was_of_use(tmp_path: Path) -> None:
    storage = FileStorage(tmp_path)
    await storage.write("folder/key", b"content")
    os.utime(tmp_path / "folder" / "key", (0, 0))
    (known,) = await storage.list("folder")
    assert known.used_at.year == 1970
    await storage.read("folder/key")
    (known,) = await storage.list("folder")
    assert known.used_at.year > 1970


async def test_what_a_crash_left_behind_goes(tmp_path: Path) -> None:
    left = tmp_path / ".incoming" / "left"
    left.parent.mkdir()
    left.write_bytes(b"half")
    os.utime(left, (0, 0))
    await FileStorage(tmp_path).write("key", b"content")
    assert [path.name for path in left.parent.iterdir()] == []


async def test_a_folder_that_cannot_be_written_is_a_store_that_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"in the way")
    with pytest.raises(Unavailable, match="file store"):
        await FileStorage(tmp_path / "file").write("key", b"content")
    assert await FileStorage(tmp_path / "file").read("key") is None


async def test_a_service_that_does_not_answer_is_a_store_that_fails(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    named = {"ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "y", "ENDPOINT_URL": "http://127.0.0.1:1"}
    for name, value in named.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    storage = storage_of(Settings(media_url="s3://bucket/prefix"))
    with pytest.raises(Unavailable, match="does not answer"):
        await storage.read("key")


@pytest.mark.parametrize("address", ["bucket", "gs://bucket", "file:///etc"])
def test_an_address_that_is_no_bucket_is_refused_at_the_start(address: str) -> None:
    with pytest.raises(InvalidSetting, match="PRESSROOM_MEDIA_URL"):
        storage_of(Settings(media_url=address))


def test_without_an_address_there_is_the_folder(tmp_path: Path) -> None:
    assert isinstance(storage_of(Settings(media_dir=tmp_path)), FileStorage)
