"""Drawings as SVG, which typst takes from memory: pictures and QR codes."""

import base64
from typing import Any

import zxingcpp

from ...document.picture import Picture

_INK_SAVED = 0.6


def picture_svg(picture: Picture, *, is_ink_saved: bool) -> str:
    """Wrap a picture's bytes, which end up in the PDF as they are."""
    content = base64.b64encode(picture.content).decode("ascii")
    size = f'width="{picture.width}" height="{picture.height}"'
    opacity = f' opacity="{_INK_SAVED}"' if is_ink_saved else ""
    image = f'<image {size}{opacity} href="data:{picture.media_type};base64,{content}"/>'
    return f"{_svg(picture.width, picture.height)}{image}</svg>"


def qr_svg(text: str) -> tuple[str, int] | None:
    """Draw a QR code (ISO/IEC 18004); with it, how many modules its side has.

    None for a text that is too long for one.
    """
    try:
        code: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    except ValueError:
        return None
    rows: Any = memoryview(code.to_image(add_quiet_zones=False)).tolist()
    side = len(rows)
    path = "".join(
        f"M{x} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for x, length in _dark_runs(row)
    )
    return f'{_svg(side, side)}<path d="{path}"/></svg>', side


def _svg(width: int, height: int) -> str:
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>'


def _dark_runs(row: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for x, shade in enumerate([*row, 255]):
        if shade == 0 and start is None:
            start = x
        elif shade and start is not None:
            runs.append((start, x - start))
            start = None
    return runs
