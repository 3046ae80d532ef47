"""Addresses as they are printed: absolute, and of schemes that a reader can follow."""

from urllib.parse import urljoin, urlsplit

_LINKED = frozenset({"http", "https", "mailto", "tel"})
_FETCHED = frozenset({"http", "https"})


def link_address(reference: str, base: str) -> str | None:
    """Make a link's reference absolute; None where it leads nowhere a reader could go."""
    return _absolute(reference, base, _LINKED)


def image_address(reference: str, base: str) -> str | None:
    """Make an image's reference absolute; None unless it is had by HTTP."""
    return _absolute(reference, base, _FETCHED)


def _absolute(reference: str, base: str, schemes: frozenset[str]) -> str | None:
    try:
        address = urljoin(base, "".join(reference.split()))
        return address if urlsplit(address).scheme.lower() in schemes else None
    except ValueError:
        return None
