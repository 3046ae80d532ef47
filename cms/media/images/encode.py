"""Writing images: pixels alone, and nothing of what came with them."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from PIL import Image

from .colours import opaque
from .kinds import ImageKind, VariantKind

_MASTER: Mapping[ImageKind, Mapping[str, Any]] = {
    ImageKind.PNG: {"compress_level": 5},
    ImageKind.JPEG: {"quality": 90, "progressive": True},
    ImageKind.WEBP: {"quality": 90},
    ImageKind.AVIF: {"quality": 80, "speed": 10, "max_threads": 1},
    ImageKind.GIF: {},
}
_VARIANT: Mapping[VariantKind, Mapping[str, Any]] = {
    VariantKind.JPEG: {"quality": 82, "progressive": True},
    VariantKind.WEBP: {"quality": 80},
    # About as true as WebP, in a tenth fewer bytes and twice the time; slower gains little.
    VariantKind.AVIF: {"quality": 65, "speed": 8, "max_threads": 1},
}


def master(frames: Sequence[Image.Image], kind: ImageKind, **given: Any) -> bytes:
    """Write what is kept of an image: its only frame, or all of them with their `duration`s."""
    first, *others = [_bare(frame, kind) for frame in frames]
    moving = {"save_all": True, "append_images": others} if others else {}
    return _written(first, kind, {**_MASTER[kind], **moving, **given})


def variant(image: Image.Image, kind: VariantKind) -> bytes:
    """Write an image as a page shows it."""
    written = ImageKind(kind)
    return _written(_bare(image, written), written, _VARIANT[kind])


def printed(image: Image.Image, kind: ImageKind) -> bytes:
    """Write an image as it is printed: PNG or JPEG."""
    return _written(_bare(image, kind), kind, _MASTER[kind])


def _bare(image: Image.Image, kind: ImageKind) -> Image.Image:
    """Leave nothing that an encoder might take over: profiles, comments, positions."""
    image = opaque(image) if kind is ImageKind.JPEG else image.copy()
    shown_through = image.info.get("transparency") if image.mode == "P" else None
    image.info = {} if shown_through is None else {"transparency": shown_through}
    return image


def _written(image: Image.Image, kind: ImageKind, options: Mapping[str, Any]) -> bytes:
    written = BytesIO()
    image.save(written, format=kind.upper(), **options)
    return written.getvalue()
