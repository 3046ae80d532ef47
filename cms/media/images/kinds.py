"""Kinds of images, told by how their contents begin: names and declared types may lie."""

from enum import StrEnum


class ImageKind(StrEnum):
    """A kind of image that is taken in; the value ends its media type, and its addresses."""

    PNG = "png"
    JPEG = "jpeg"
    WEBP = "webp"
    AVIF = "avif"
    GIF = "gif"

    @property
    def media_type(self) -> str:
        """As in a Content-Type header."""
        return f"image/{self}"


class VariantKind(StrEnum):
    """A kind of image that variants are made in."""

    WEBP = "webp"
    AVIF = "avif"
    JPEG = "jpeg"


_PNG = b"\x89PNG\r\n\x1a\n"
_JPEG = b"\xff\xd8\xff"
_GIF = (b"GIF87a", b"GIF89a")
_AVIF = frozenset({b"avif", b"avis"})
_BRANDS = slice(8, 64)
_BRAND_LENGTH = 4


def kind_of(content: bytes) -> ImageKind | None:
    """Tell what kind of image a content is, by its first bytes; None for any other."""
    if content.startswith(_PNG):
        return ImageKind.PNG
    if content.startswith(_JPEG):
        return ImageKind.JPEG
    if content.startswith(_GIF):
        return ImageKind.GIF
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return ImageKind.WEBP
    if content[4:8] == b"ftyp" and _AVIF.intersection(_brands(content)):
        return ImageKind.AVIF
    return None


def _brands(content: bytes) -> list[bytes]:
    """Give the brands of a file of boxes (ISO/IEC 14496-12), the first of which is the major."""
    end = min(int.from_bytes(content[:4]), _BRANDS.stop)
    return [content[at : at + _BRAND_LENGTH] for at in range(_BRANDS.start, end, _BRAND_LENGTH)]
