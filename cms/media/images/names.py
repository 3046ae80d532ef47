"""Where images stand: their keys in a storage, and their addresses below `/media/`.

An image is known by the SHA-256 of its master. Its variants have widths of a fixed ladder, so that
nobody can fill the storage by asking for one width after the other.
"""

import re
from collections.abc import Sequence

from .kinds import VariantKind

LADDER = (160, 320, 480, 640, 960, 1280, 1600, 1920, 2560)
"""Widths of variants, in pixels."""

_DIGEST = "[0-9a-f]{64}"
_SHA256 = re.compile(_DIGEST)
_ADDRESS = re.compile(
    rf"/media/({_DIGEST})(?:\.[a-z]{{3,4}}|/[0-9]{{1,5}}\.[a-z]{{3,4}})(?![\w./-])"
)


def is_sha256(text: str) -> bool:
    """Whether a text is a digest as addresses have it."""
    return _SHA256.fullmatch(text) is not None


def folder_of(sha256: str) -> str:
    """Give the folder of a storage that holds an image's master and variants."""
    return f"images/{sha256}"


def master_key(sha256: str) -> str:
    """Give the key of a master."""
    return f"{folder_of(sha256)}/master"


def print_key(sha256: str) -> str:
    """Give the key of what is printed of an image."""
    return f"{folder_of(sha256)}/print"


def variant_key(sha256: str, width: int, kind: VariantKind) -> str:
    """Give the key of a variant."""
    return f"{folder_of(sha256)}/{width}.{kind}"


def variant_path(sha256: str, width: int, kind: VariantKind) -> str:
    """Give the path of a variant's address."""
    return f"/media/{sha256}/{width}.{kind}"


def widths_of(master_width: int) -> Sequence[int]:
    """Give the widths of an image's variants: those of the ladder below its own, and that."""
    return [*(width for width in LADDER if width < master_width), master_width]


def nearest_width(wanted: int, master_width: int) -> int:
    """Give the least width of a variant that is not below the wanted one, or the greatest."""
    return next((width for width in widths_of(master_width) if width >= wanted), master_width)


def images_in(text: str) -> list[str]:
    """Give the digests of the images whose addresses stand in a text, each once, in order."""
    return list(dict.fromkeys(_ADDRESS.findall(text)))
