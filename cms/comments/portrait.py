"""Portraits: a small geometric picture drawn from an avatar hash, the same each time."""

import re
from collections.abc import Iterator

from .keyed_hash import DIGITS

_FORM = re.compile(f"[0-9a-f]{{{DIGITS}}}")
_GRID = 4
_CELL = 20
_SHAPES = (
    "",
    "M0 0h20v20H0z",
    "M10 0a10 10 0 1 1 0 20a10 10 0 1 1 0-20z",
    "M10 0L20 10L10 20L0 10z",
    "M0 0h20a20 20 0 0 1-20 20z",
    "M0 0a20 20 0 0 1 20 20H0z",
    "M20 0v20H0a20 20 0 0 1 20-20z",
    "M20 20A20 20 0 0 1 0 0h20z",
)
"""What a cell of 20 by 20 units may hold: nothing, a square, a disc, a diamond, quarter discs."""


def is_avatar(text: str) -> bool:
    """Tell whether a text has the form of an avatar hash."""
    return _FORM.fullmatch(text) is not None


def portrait(avatar: str) -> str:
    """Draw an avatar hash as SVG: four by four shapes, the right half the left one's mirror."""
    hue = int(avatar[:3], 16) % 360
    left = "".join(_cells(avatar[3:]))
    size = _GRID * _CELL
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{size}" height="{size}" '
        f'viewBox="-10 -10 {size + 20} {size + 20}" role="img" aria-label="Portrait">'
        f'<path fill="hsl({hue},40%,90%)" d="M-10-10h{size + 20}v{size + 20}h-{size + 20}z"/>'
        f'<g fill="hsl({hue},45%,40%)">{left}'
        f'<g transform="matrix(-1 0 0 1 {size} 0)">{left}</g></g></svg>'
    )


def _cells(digits: str) -> Iterator[str]:
    for index in range(_GRID * _GRID // 2):
        column, row = index % 2, index // 2
        if shape := _SHAPES[int(digits[index], 16) % len(_SHAPES)]:
            yield (
                f'<path transform="translate({column * _CELL} {row * _CELL})"'
                f' opacity="{_opacity(digits[-1 - index])}" d="{shape}"/>'
            )


def _opacity(digit: str) -> float:
    return 0.4 + int(digit, 16) % 3 * 0.3
