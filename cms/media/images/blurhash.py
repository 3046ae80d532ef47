"""BlurHash: some thirty characters that stand for an image until it is there.

https://github.com/woltapp/blurhash/blob/master/Algorithm.md
"""

from collections.abc import Sequence
from math import cos, pi
from typing import TypeAlias

Colour: TypeAlias = tuple[float, float, float]
Pixels: TypeAlias = Sequence[Sequence[tuple[int, int, int]]]
"""Rows of pixels: red, green and blue in sRGB, from 0 to 255."""

_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"
_MOST = 9
_STEPS = 19
"""Values that a component of a colour is rounded to."""


def blurhash(pixels: Pixels, columns: int, rows: int) -> str:
    """Encode a small image with so many components across and down, 1 to 9 each."""
    if not (1 <= columns <= _MOST and 1 <= rows <= _MOST):
        raise ValueError("a BlurHash has 1 to 9 components each way")
    linear = [[_linear(pixel) for pixel in row] for row in pixels]
    average, *details = [
        _component(linear, column, row) for row in range(rows) for column in range(columns)
    ]
    greatest = max((abs(value) for detail in details for value in detail), default=0.0)
    step = max(0, min(82, int(greatest * 166 - 0.5))) if details else 0
    scale = (step + 1) / 166 if details else 1.0
    return "".join(
        (
            _digits((columns - 1) + (rows - 1) * _MOST, 1),
            _digits(step, 1),
            _digits(_average_number(average), 4),
            *(_digits(_detail_number(detail, scale), 2) for detail in details),
        )
    )


def _component(pixels: Sequence[Sequence[Colour]], column: int, row: int) -> Colour:
    height, width = len(pixels), len(pixels[0])
    across = [cos(pi * column * x / width) for x in range(width)]
    down = [cos(pi * row * y / height) for y in range(height)]
    weight = (1 if column == row == 0 else 2) / (width * height)
    red = green = blue = 0.0
    for factor, line in zip(down, pixels, strict=True):
        for basis, (r, g, b) in zip(across, line, strict=True):
            share = factor * basis
            red += share * r
            green += share * g
            blue += share * b
    return red * weight, green * weight, blue * weight


def _average_number(colour: Colour) -> int:
    red, green, blue = (_srgb(value) for value in colour)
    return (red << 16) + (green << 8) + blue


def _detail_number(colour: Colour, scale: float) -> int:
    red, green, blue = (_quantised(value / scale) for value in colour)
    return (red * _STEPS + green) * _STEPS + blue


def _quantised(value: float) -> int:
    root = abs(value) ** 0.5 * (1 if value >= 0 else -1)
    return max(0, min(_STEPS - 1, int(root * 9 + 9.5)))


def _linear(pixel: tuple[int, int, int]) -> Colour:
    red, green, blue = pixel
    return _LINEAR[red], _LINEAR[green], _LINEAR[blue]


def _to_linear(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - IEC 61966-2-1


def _srgb(share: float) -> int:
    share = max(0.0, min(1.0, share))
    curved = share * 12.92 if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055  # noqa: PLR2004 - IEC 61966-2-1
    return int(curved * 255 + 0.5)


def _digits(number: int, length: int) -> str:
    digits = ""
    for _ in range(length):
        number, digit = divmod(number, 83)
        digits = _DIGITS[digit] + digits
    return digits


_LINEAR = [_to_linear(value) for value in range(256)]
