"""Addresses as they are printed."""

from typing import Any
from urllib.parse import quote

from .breaks import pieces
from .typeface import Characters, is_visible

LONGEST = 8_000
"""typst's bound for an address that can be followed."""


def printed_address(address: str, characters: Characters, room: float) -> dict[str, Any]:
    """Write an address into a line so wide, in multiples of its size; it leads there if it can."""
    return {
        "followed": address if len(address) <= LONGEST else None,
        "shown": pieces(characters.printable(_legible(address)), room),
    }


def _legible(address: str) -> str:
    """Percent-encode what nobody could see and copy."""
    return "".join(char if is_visible(char) else quote(char) for char in address)
