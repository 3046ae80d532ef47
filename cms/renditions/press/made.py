"""A rendition that was made, and the bytes in which it is stored."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...store import clock
from ..formats.format import Output

_BEGIN = b"pressroom rendition 2\n"
"""To be changed with the layout: what begins otherwise is made anew."""
_WHILE = timedelta(minutes=10)
"""For which a provisional rendition is kept; then it is made anew."""


@dataclass(frozen=True, slots=True)
class Made:
    """What was made; `sha256` is that of its content, in hexadecimal."""

    output: Output
    sha256: str
    until: datetime | None = None
    """When a provisional one is to be made anew."""

    @property
    def is_over(self) -> bool:
        """Whether it is to be made anew."""
        return self.until is not None and self.until <= clock.now()


def pack(output: Output) -> bytes:
    """Write an output as one file: a line that tells of it, and the content."""
    told = {
        "size": len(output.content),
        "sha256": hashlib.sha256(output.content).hexdigest(),
        "warnings": output.warnings,
        "page_count": output.page_count,
        "security_policy": output.security_policy,
        "until": (clock.now() + _WHILE).isoformat() if output.is_provisional else None,
    }
    return b"".join((_BEGIN, json.dumps(told).encode(), b"\n", output.content))


def unpack(packed: bytes) -> Made:
    """Read what `pack` wrote. Raises ValueError for what is not that, or not whole."""
    line, _, content = packed.removeprefix(_BEGIN).partition(b"\n")
    try:
        told = json.loads(line)
        until = datetime.fromisoformat(told["until"]) if told["until"] else None
        output = Output(
            content,
            tuple(told["warnings"]),
            told["page_count"],
            told["security_policy"],
            is_provisional=until is not None,
        )
        made, size = Made(output, told["sha256"], until), told["size"]
    except (KeyError, TypeError) as error:
        raise ValueError("this is no rendition") from error
    if not packed.startswith(_BEGIN) or size != len(content):
        raise ValueError("this rendition is not whole")
    return made
