"""Global ids: a type's name and a key, as one opaque string."""

from base64 import b64decode
from binascii import b2a_base64

_LONGEST = 200
_GREATEST = 2**63 - 1
NOTHING = -1
"""A key that no row has: what an id of the wrong kind stands for."""


def encode_id(entity: str, key: int) -> str:
    """Write a global id."""
    return b2a_base64(f"{entity}:{key}".encode(), newline=False).decode()


def decode_id(given: str) -> tuple[str, int]:
    """Read a global id; one that nobody handed out names nothing."""
    try:
        if len(given) > _LONGEST:
            raise ValueError
        entity, _, key = b64decode(given, validate=True).decode("ascii").partition(":")
        if not (key.isascii() and key.isdigit() and int(key) <= _GREATEST):
            raise ValueError
        return entity, int(key)
    except ValueError:
        return "", NOTHING


def key_of(given: str, entity: str) -> int:
    """Read the key of a global id that should name an `entity`; NOTHING where it does not."""
    found, key = decode_id(given)
    return key if found == entity else NOTHING
