"""Taking in what strangers call an image: recognised, bounded, decoded, and written anew.

Nothing of the content that was sent is kept but its pixels. This runs in a process of its own; see
`workbench`.
"""

import hashlib
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any

from PIL import Image, ImageOps

from . import encode
from .blurhash import blurhash
from .colours import in_srgb, opaque
from .kinds import ImageKind, kind_of

MAX_SIDE = 4_096
"""Pixels of a master's longer side; what is larger is scaled down."""
MAX_FRAMES = 300
_MOVING = frozenset({ImageKind.GIF, ImageKind.WEBP})
_THUMBNAIL = 32
_MORE, _FEWER = 4, 3
_SLOWEST = 60_000
_LOSSLESS = b"VP8L"
_OWN_NOTES = frozenset(
    {
        "background", "duration", "extension", "jfif", "jfif_density", "jfif_unit",
        "jfif_version", "loop", "progression", "progressive", "timestamp", "transparency",
        "version",
    }
)  # fmt: skip
"""What our encoders say of an image besides its pixels."""

Image.MAX_IMAGE_PIXELS = None  # bounds of our own are checked before anything is decoded


class Unacceptable(Exception):
    """A content that is not taken in; the text says why, to whoever sent it."""


@dataclass(frozen=True, slots=True)
class Master:
    """What is kept of an image, and what is told of it; sizes in pixels."""

    content: bytes
    kind: ImageKind
    width: int
    height: int
    frame_count: int
    blurhash: str

    @property
    def sha256(self) -> str:
        """What it is known by."""
        return hashlib.sha256(self.content).hexdigest()


def take_in(content: bytes, max_pixels: int) -> Master:
    """Make a master of a content: upright, in sRGB, without metadata, within bounds.

    GIF and WebP keep moving; of other kinds the first frame is kept. `max_pixels` bounds what is
    decoded, all frames together. Raises Unacceptable.
    """
    kind = kind_of(content)
    if kind is None:
        raise Unacceptable("This is no PNG, JPEG, WebP, AVIF or GIF image.")
    try:
        image = Image.open(BytesIO(content), formats=[kind.upper()])
        return _master(image, kind, max_pixels, is_lossless=_is_lossless(content))
    except Unacceptable:
        raise
    except Exception as error:
        # Decoders raise whatever they stumble over in a content that is not what it should be.
        message = f"This {kind.upper()} image is damaged, or cut off."
        raise Unacceptable(message) from error


def readmit(content: bytes, max_pixels: int) -> Master:
    """Take in a master that was written before: it stays as it is, to the last byte.

    Raises Unacceptable for what `take_in` could not have written.
    """
    master = take_in(content, max_pixels)
    image = Image.open(BytesIO(content), formats=[master.kind.upper()])
    if image.size != (master.width, master.height) or not image.info.keys() <= _OWN_NOTES:
        raise Unacceptable("This image was not written here.")
    return replace(master, content=content)


def _master(image: Image.Image, kind: ImageKind, max_pixels: int, *, is_lossless: bool) -> Master:
    _check_size(image, 1, max_pixels)
    count = _frame_count(image, max_pixels) if kind in _MOVING else 1
    image.seek(0)
    if count > 1:
        return _moving(image, kind, count)
    frame = _upright(image)
    options = {"lossless": True} if kind is ImageKind.WEBP and is_lossless else {}
    return _made([frame], kind, **options)


def _moving(image: Image.Image, kind: ImageKind, count: int) -> Master:
    frames, durations = [], []
    for place in range(count):
        image.seek(place)
        frames.append(_within(in_srgb(image.copy())))
        durations.append(min(int(image.info.get("duration", 0)), _SLOWEST))
    loop = image.info.get("loop")
    repeated = {} if loop is None else {"loop": loop}
    return _made(frames, kind, duration=durations, **repeated)


def _made(frames: list[Image.Image], kind: ImageKind, **options: Any) -> Master:
    content = encode.master(frames, kind, **options)
    first = frames[0]
    return Master(content, kind, first.width, first.height, len(frames), _blurhash(first))


def _upright(image: Image.Image) -> Image.Image:
    """Decode the only frame that is kept, and turn it as its camera was held."""
    image.draft(None, (MAX_SIDE, MAX_SIDE))
    image.load()
    is_plain = image.mode == "P" and "icc_profile" not in image.info
    if is_plain and image.format == "PNG" and max(image.size) <= MAX_SIDE:
        return ImageOps.exif_transpose(image)
    turned = ImageOps.exif_transpose(image)
    return _within(in_srgb(turned))


def _within(image: Image.Image) -> Image.Image:
    image.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    return image


def _frame_count(image: Image.Image, max_pixels: int) -> int:
    """Count the frames, as far as their number and size are bearable."""
    for place in range(MAX_FRAMES + 1):
        try:
            image.seek(place)
        except EOFError:
            return place
        _check_size(image, place + 1, max_pixels)
    raise Unacceptable(f"This image has more than {MAX_FRAMES} frames.")


def _check_size(image: Image.Image, frames: int, max_pixels: int) -> None:
    if image.width * image.height * frames > max_pixels:
        raise Unacceptable(
            f"This image has more than {max_pixels / 1_000_000:g} million pixels"
            f"{', all frames together' if frames > 1 else ''}."
        )


def _is_lossless(content: bytes) -> bool:
    """Whether a WebP's first frame is without loss: the chunk that holds it says so."""
    at = 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if name in {b"VP8 ", _LOSSLESS}:
            return name == _LOSSLESS
        at += 8 + size + size % 2
    return False


def _blurhash(image: Image.Image) -> str:
    small = image.convert("RGBA") if image.has_transparency_data else image.convert("RGB")
    small.thumbnail((_THUMBNAIL, _THUMBNAIL))
    small = opaque(small)
    colours = iter(small.convert("RGB").tobytes())
    pixels = list(zip(colours, colours, colours, strict=True))
    rows = [pixels[at : at + small.width] for at in range(0, len(pixels), small.width)]
    wide = small.width >= small.height
    return blurhash(rows, *((_MORE, _FEWER) if wide else (_FEWER, _MORE)))
