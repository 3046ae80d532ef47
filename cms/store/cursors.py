"""Cursors: places in a list, opaque to whoever holds them.

A cursor is bound to its list and order by a digest: one that was made for another list, or that
somebody has changed, is refused. It carries the sort keys of a row, which its holder has seen.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from hashlib import blake2s
from typing import Any

import orjson

from ..errors import Malformed

_VERSION = b"1"
_DIGEST_BYTES = 6
_LONGEST = 4_000


def encode_cursor(listing: bytes, keys: Sequence[Any]) -> str:
    """Write the place behind the row with these sort keys in the list so named."""
    payload = orjson.dumps(keys, option=orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z)
    sealed = _digest(listing, payload) + payload
    return urlsafe_b64encode(sealed).rstrip(b"=").decode()


def decode_cursor(listing: bytes, cursor: str, argument: str) -> tuple[Any, ...]:
    """Read a cursor back; instants come as text.

    Raises Malformed, naming the argument.
    """
    try:
        if len(cursor) > _LONGEST:
            raise ValueError
        sealed = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        digest, payload = sealed[:_DIGEST_BYTES], sealed[_DIGEST_BYTES:]
        if digest != _digest(listing, payload):
            raise ValueError
        keys = tuple(orjson.loads(payload))
    except (TypeError, ValueError):
        raise Malformed(f"`{argument}` is not a cursor of this list in this order") from None
    return keys


def _digest(listing: bytes, payload: bytes) -> bytes:
    return blake2s(_VERSION + listing + b"\0" + payload, digest_size=_DIGEST_BYTES).digest()
