"""Masters scaled: to the width of a variant, or to what a printer can show."""

from io import BytesIO

from PIL import Image

from . import encode
from .colours import is_transparent, opaque
from .kinds import ImageKind, VariantKind, kind_of

PRINT_WIDTH = 2_000
"""Pixels across the text of an A4 page, at 300 to the inch."""
PRINT_HEIGHT = 2_900
_PRINTED_KINDS = frozenset({ImageKind.PNG, ImageKind.JPEG})
_GAP = 3.0


def variant(master: bytes, width: int, kind: VariantKind) -> bytes:
    """Make a variant of a width; of a master that moves, of its first frame."""
    image = _opened(master)
    height = max(1, round(image.height * width / image.width))
    image.draft(None, (width, height))
    return encode.variant(_resized(image, (width, height)), kind)


def printed(master: bytes) -> bytes:
    """Make what is printed of a master: a PNG or a JPEG, at most as large as a printer can show.

    A master that is that already stays as it is.
    """
    image = _opened(master)
    size = _print_size(image.size)
    kind = kind_of(master)
    if size == image.size and kind in _PRINTED_KINDS:
        return master
    keeps = kind in {ImageKind.PNG, ImageKind.GIF}
    image.draft(None, size)
    image = _resized(image, size)
    if keeps or is_transparent(image):
        return encode.printed(image, ImageKind.PNG)
    return encode.printed(opaque(image), ImageKind.JPEG)


def size_of(content: bytes) -> tuple[int, int]:
    """Give the size of an image of our own, in pixels, from its header."""
    return _opened(content).size


def _print_size(size: tuple[int, int]) -> tuple[int, int]:
    width, height = size
    share = min(1.0, PRINT_WIDTH / width, PRINT_HEIGHT / height)
    return max(1, round(width * share)), max(1, round(height * share))


def _opened(content: bytes) -> Image.Image:
    kind = kind_of(content)
    if kind is None:
        raise ValueError("an image of our own is of none of our kinds")
    return Image.open(BytesIO(content), formats=[kind.upper()])


def _resized(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    if image.mode not in {"L", "RGB", "RGBA"}:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=_GAP)
