"""File names made from slugs."""

import hashlib
import re

_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAX_STEM = 100
# What Windows keeps for devices cannot be the name of a file there.
_DEVICES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)


def is_plain(slug: str) -> bool:
    """Say whether a slug can be a file's name as it is, on every system."""
    return len(slug) <= _MAX_STEM and slug not in _DEVICES and _PLAIN.fullmatch(slug) is not None


def stem_of(slug: str) -> str:
    """Give the name, without its ending, of the file for a slug."""
    return slug if is_plain(slug) else "_" + hashlib.sha256(slug.encode()).hexdigest()[:32]
