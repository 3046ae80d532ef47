"""Heads of requests that have come before, in the same bytes: what they say is known unparsed.

A client sends the same lines with each of its requests, often all but the length of the body, and
to have them parsed again costs as much as to send a short answer.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

Header: TypeAlias = tuple[bytes, bytes]

_END = b"\r\n\r\n"
_KEPT = 512
_LONGEST = 2_000
"""Bytes of a head; longer ones are parsed each time."""
_SECRET = frozenset({b"authorization", b"proxy-authorization", b"cookie"})
_DECIDING = frozenset({b"expect", b"transfer-encoding", b"upgrade", b"connection"})
"""Headers that say how the request, or the connection, goes on."""
_PARTS = ("method", "path", "raw_path", "query_string")


class KnownHead(NamedTuple):
    """What a head says: entries of the ASGI scope, the headers, and how long the body is."""

    parts: Mapping[str, Any]
    headers: Sequence[Header]
    length: int


class KnownHeads:
    """Remembers heads that bear no secret, and that leave nothing to be decided."""

    def __init__(self) -> None:
        self._known: dict[bytes, KnownHead] = {}

    def __len__(self) -> int:
        return len(self._known)

    def find(self, piece: bytes) -> tuple[KnownHead, bytes] | None:
        """Give the head and the body of a piece that is one whole request, if the head is known."""
        end = piece.find(_END) + len(_END)
        known = self._known.get(piece[:end])
        if known is None or len(piece) - end != known.length:
            return None
        return known, piece[end:]

    def learn(self, piece: bytes, scope: Mapping[str, Any], body: bytearray) -> None:
        """Remember the head of a piece from what was parsed: one whole request of HTTP/1.1."""
        headers = scope["headers"]
        head, _, rest = piece.partition(_END)
        if rest != body or len(head) > _LONGEST or not _is_plain(headers, len(body)):
            return
        if len(self._known) >= _KEPT:
            self._known.clear()
        parts = {name: scope[name] for name in _PARTS}
        self._known[head + _END] = KnownHead(parts, tuple(headers), len(body))


def _is_plain(headers: Sequence[Header], length: int) -> bool:
    names = [name for name, _ in headers]
    if not (_SECRET | _DECIDING).isdisjoint(names):
        return False
    told = [value for name, value in headers if name == b"content-length"]
    return told == ([b"%d" % length] if length or told else [])
