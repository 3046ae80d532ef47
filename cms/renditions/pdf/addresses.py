"""Addresses as they are printed."""

from typing import Any

from .breaks import address_pieces
from .typeface import Characters

LONGEST = 8_000
"""typst's bound for an address that can be followed."""


def printed_address(address: str, characters: Characters, most: int) -> dict[str, Any]:
    """Write an address where so many letters go on a line; it leads there if it can."""
    return {
        "followed": address if len(address) <= LONGEST else None,
        "shown": address_pieces(characters.printable(address), most // 2),
    }
