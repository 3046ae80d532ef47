"""Storage in a bucket of a service that speaks the language of Amazon's S3."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from ..errors import Unavailable
from ..settings import InvalidSetting
from .stored import Stored, checked

if TYPE_CHECKING:
    from obstore.store import ClientConfig, ObjectStore, RetryConfig

_CLIENT: ClientConfig = {"timeout": timedelta(seconds=30), "allow_http": True}
_RETRY: RetryConfig = {"max_retries": 3, "retry_timeout": timedelta(seconds=5)}
_MISSING = "PRESSROOM_MEDIA_URL needs the extra `s3`: install pressroom[s3]"


class ObjectStorage:
    """Contents as objects; `storage.Storage` tells what its methods do.

    The address is `s3://bucket/prefix`; who may use the bucket, where it is and what else there is
    to say of it stands in the environment, as for other programs: `AWS_ACCESS_KEY_ID`,
    `AWS_SECRET_ACCESS_KEY`, `AWS_REGION`, `AWS_ENDPOINT_URL`.
    """

    def __init__(self, place: str | ObjectStore) -> None:
        try:
            import obstore  # noqa: PLC0415 - whoever stores in a folder need not have it
        except ImportError as missing:
            raise ImportError(_MISSING) from missing
        self._obstore = obstore
        self._store = _opened(place) if isinstance(place, str) else place

    async def read(self, key: str) -> bytes | None:
        """Give what is stored under a key; see Storage."""
        with self._answering():
            try:
                found = await self._obstore.get_async(self._store, checked(key))
                return bytes(await found.bytes_async())
            except FileNotFoundError:
                return None

    async def write(self, key: str, content: bytes) -> None:
        """Store a content; see Storage."""
        with self._answering():
            await self._obstore.put_async(self._store, checked(key), content)

    async def delete(self, key: str) -> None:
        """Remove what is stored under a key; see Storage."""
        with self._answering(), suppress(FileNotFoundError):
            await self._obstore.delete_async(self._store, checked(key))

    async def list(self, folder: str) -> Sequence[Stored]:
        """Tell what is stored under a folder; see Storage."""
        found: list[Stored] = []
        with self._answering():
            async for some in self._obstore.list(self._store, checked(folder), chunk_size=1_000):
                found += [Stored(it["path"], it["size"], it["last_modified"]) for it in some]
        return found

    @contextmanager
    def _answering(self) -> Iterator[None]:
        try:
            yield
        except (self._obstore.exceptions.BaseError, OSError) as error:
            raise Unavailable("The file store does not answer.") from error


def _opened(url: str) -> ObjectStore:
    from obstore.exceptions import BaseError  # noqa: PLC0415 - as above
    from obstore.store import S3Store  # noqa: PLC0415 - as above

    try:
        return S3Store.from_url(url, client_options=_CLIENT, retry_config=_RETRY)
    except (BaseError, ValueError):
        raise InvalidSetting(f"PRESSROOM_MEDIA_URL: {url!r} is no s3://bucket/prefix") from None
