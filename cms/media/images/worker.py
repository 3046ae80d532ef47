"""One piece of work on an image, in a process of its own: `python -m …worker`, told by its input.

What strangers send is decoded by libraries in C: whatever they do, time and memory end here, and
what breaks is this process alone.
"""

import json
import sys
from collections.abc import Callable, Mapping
from typing import Any

from ...process_limits import ProcessLimits
from .intake import Master, Unacceptable, readmit, take_in
from .kinds import VariantKind
from .scale import printed, variant


def main() -> None:
    """Read a line of JSON and a content; write a line of JSON and a content."""
    asked, content = json.loads(sys.stdin.buffer.readline()), sys.stdin.buffer.read()
    limits = ProcessLimits(asked["seconds"], asked["memory"])
    limits.enter()
    limits.begin()
    try:
        told, made = _WORK[asked["work"]](content, asked)
    except Unacceptable as refusal:
        told, made = {"refusal": str(refusal)}, b""
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


def _take_in(content: bytes, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    return _told(take_in(content, asked["max_pixels"]))


def _readmit(content: bytes, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    return _told(readmit(content, asked["max_pixels"]))


def _told(master: Master) -> tuple[dict[str, Any], bytes]:
    told = {
        name: getattr(master, name)
        for name in ("kind", "width", "height", "frame_count", "blurhash")
    }
    return told, master.content


def _variant(content: bytes, asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    return {}, variant(content, asked["width"], VariantKind(asked["kind"]))


def _printed(content: bytes, _asked: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    return {}, printed(content)


_WORK: Mapping[str, Callable[[bytes, Mapping[str, Any]], tuple[dict[str, Any], bytes]]] = {
    "take_in": _take_in,
    "readmit": _readmit,
    "variant": _variant,
    "printed": _printed,
}


if __name__ == "__main__":
    main()
