"""Reads which characters a font has (OpenType 1.9, `cmap`)."""

import struct
from collections.abc import Iterator
from pathlib import Path

_COLLECTION = b"ttcf"
_UNICODE_ENCODINGS = frozenset({(0, 3), (0, 4), (0, 6), (3, 1), (3, 10)})
_SEGMENTS, _GROUPS = 4, 12  # formats of subtables: for 16 bits a character, and for 32


def characters_of(path: Path) -> frozenset[str]:
    """Give the characters that a font has, or any of a collection's.

    Raises ValueError for a file that is no font.
    """
    font = path.read_bytes()
    try:
        return frozenset(chr(code) for start in _starts(font) for code in _codes(font, start))
    except (struct.error, IndexError) as error:
        raise ValueError(f"{path.name} is no font that can be read") from error


def _starts(font: bytes) -> tuple[int, ...]:
    if font[:4] != _COLLECTION:
        return (0,)
    (count,) = struct.unpack_from(">I", font, 8)
    return struct.unpack_from(f">{count}I", font, 12)


def _codes(font: bytes, start: int) -> Iterator[int]:
    table = _cmap(font, start)
    (count,) = struct.unpack_from(">H", font, table + 2)
    for record in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", font, table + 4 + 8 * record)
        if (platform, encoding) in _UNICODE_ENCODINGS:
            yield from _subtable(font, table + offset)


def _cmap(font: bytes, start: int) -> int:
    (count,) = struct.unpack_from(">H", font, start + 4)
    for record in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, start + 12 + 16 * record)
        if tag == b"cmap":
            return int(offset)
    raise IndexError


def _subtable(font: bytes, at: int) -> Iterator[int]:
    (kind,) = struct.unpack_from(">H", font, at)
    if kind == _SEGMENTS:
        yield from _segments(font, at)
    elif kind == _GROUPS:
        yield from _groups(font, at)


def _segments(font: bytes, at: int) -> Iterator[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", font, at + place + 2 * count * number)
        for number, place in enumerate((14, 16, 16, 16))
    )
    for number in range(count):
        for code in range(starts[number], min(ends[number], 0xFFFE) + 1):
            glyph = code
            if offsets[number]:
                # The offset counts from where it stands itself.
                here = at + 16 + 6 * count + 2 * number
                place = here + offsets[number] + 2 * (code - starts[number])
                (glyph,) = struct.unpack_from(">H", font, place)
                if not glyph:
                    continue
            if (glyph + deltas[number]) & 0xFFFF:
                yield code


def _groups(font: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    for number in range(count):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * number)
        yield from range(first if glyph else first + 1, min(last, 0x10FFFF) + 1)
