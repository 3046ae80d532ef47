"""Colours: whatever an image has them in, made sRGB with eight bits, and opaque where need be."""

from io import BytesIO

from PIL import Image, ImageCms

_SRGB = ImageCms.createProfile("sRGB")
_WITHOUT_ALPHA = frozenset({"L", "RGB", "CMYK"})
_DEEP = frozenset({"I;16", "I;16B", "I;16L", "I"})
_TO_EIGHT_BITS = 1 / 257
PLAIN = frozenset({"L", "RGB", "RGBA"})


def in_srgb(image: Image.Image) -> Image.Image:
    """Give an image in sRGB, as grey, RGB or RGBA, without its colour profile."""
    profile = image.info.get("icc_profile")
    image = _eight_bits(image)
    if profile:
        image = _converted(image, profile)
    if image.mode in PLAIN:
        return image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def opaque(image: Image.Image) -> Image.Image:
    """Give an image on white, as paper is."""
    if not image.has_transparency_data:
        return image if image.mode in {"L", "RGB"} else image.convert("RGB")
    seen = image.convert("RGBA")
    paper = Image.new("RGBA", seen.size, "white")
    return Image.alpha_composite(paper, seen).convert("RGB")


def is_transparent(image: Image.Image) -> bool:
    """Whether anything shows through."""
    if not image.has_transparency_data:
        return False
    least, _ = image.convert("RGBA").getchannel("A").getextrema()
    return least != _SOLID


_SOLID = 255


def _eight_bits(image: Image.Image) -> Image.Image:
    if image.mode in _DEEP:
        return image.convert("F").point(lambda value: value * _TO_EIGHT_BITS + 0.0).convert("L")
    if image.mode in PLAIN or image.mode == "CMYK":
        # A colour that stands for transparency is one that a profile would change.
        return image.convert("RGBA") if "transparency" in image.info else image
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _converted(image: Image.Image, profile: bytes) -> Image.Image:
    """Apply a colour profile; one that cannot be understood is taken for none."""
    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image if image.mode in _WITHOUT_ALPHA else image.convert("RGB")
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        made = ImageCms.profileToProfile(colours, source, _SRGB, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    if made is None:
        return image
    if alpha is not None:
        made.putalpha(alpha)
    return made
