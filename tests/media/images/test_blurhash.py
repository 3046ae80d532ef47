"""BlurHash: what is encoded is decoded by what the algorithm's description says."""

from math import cos, pi

import pytest

from pressroom.cms.media.images.blurhash import blurhash

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~"


def number(text: str) -> int:
    value = 0
    for digit in text:
        value = value * 83 + DIGITS.index(digit)
    return value


def to_linear(value: int) -> float:
    share = value / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def to_srgb(share: float) -> int:
    share = min(1.0, max(0.0, share))
    curved = share * 12.92 if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055
    return round(curved * 255)


def decoded(text: str, width: int, height: int) -> list[list[tuple[int, ...]]]:
    rows, columns = divmod(number(text[0]), 9)
    columns, rows = columns + 1, rows + 1
    assert len(text) == 4 + 2 * columns * rows
    greatest, average = (number(text[1]) + 1) / 166, number(text[2:6])
    colours = [[to_linear(average >> shift & 255) for shift in (16, 8, 0)]]
    for at in range(6, len(text), 2):
        value = number(text[at : at + 2])
        parts = (value // 361, value // 19 % 19, value % 19)
        signed = [(part - 9) / 9 for part in parts]
        colours.append([abs(part) * part * greatest for part in signed])

    def shown(x: int, y: int) -> tuple[int, ...]:
        total = [0.0, 0.0, 0.0]
        for place, colour in enumerate(colours):
            row, column = divmod(place, columns)
            basis = cos(pi * x * column / width) * cos(pi * y * row / height)
            total = [sum_ + part * basis for sum_, part in zip(total, colour, strict=True)]
        return tuple(map(to_srgb, total))

    return [[shown(x, y) for x in range(width)] for y in range(height)]


@pytest.mark.parametrize("colour", [(0, 0, 0), (255, 255, 255), (200, 30, 90)])
def test_one_colour(colour: tuple[int, int, int]) -> None:
    text = blurhash([[colour] * 32] * 32, 4, 3)
    assert len(text) == 28
    # What is sampled at the left of each pixel leans to the upper left, as in all encoders.
    middle = decoded(text, 8, 8)[4][4]
    assert all(abs(one - two) <= 12 for one, two in zip(middle, colour, strict=True))


def test_from_dark_to_bright_and_from_top_to_bottom() -> None:
    across = decoded(blurhash([[(x * 8, x * 8, x * 8) for x in range(32)]] * 16, 4, 3), 8, 4)
    assert all(row[0][0] < row[4][0] < row[7][0] for row in across)
    down = decoded(blurhash([[(255 - y * 8, 0, y * 8)] * 16 for y in range(32)], 3, 4), 4, 8)
    top, bottom = down[0][0], down[7][0]
    assert top[0] - bottom[0] > 100
    assert bottom[2] - top[2] > 100


def test_a_single_component_is_the_average() -> None:
    assert len(blurhash([[(9, 9, 9)]], 1, 1)) == 6


@pytest.mark.parametrize(("columns", "rows"), [(0, 3), (3, 10)])
def test_components_are_one_to_nine(columns: int, rows: int) -> None:
    with pytest.raises(ValueError, match="1 to 9"):
        blurhash([[(0, 0, 0)]], columns, rows)
