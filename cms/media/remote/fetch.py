"""Fetching an image from a host that the operator listed."""

import asyncio
from urllib.parse import urljoin

from .exchange import exchange
from .failure import NotFetched
from .hosts import Hosts

SECONDS = 10
"""For an image, from looking up its host to its last byte."""
MOST_HOPS = 3
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200


async def fetch(address: str, hosts: Hosts, most: int, seconds: float = SECONDS) -> bytes:
    """Give what is at an address, if it is `most` bytes at the most; it may be anything.

    It may lead on, to hosts that were listed too. Raises NotFetched.
    """
    try:
        async with asyncio.timeout(seconds):
            return await _followed(address, hosts, most)
    except TimeoutError:
        raise NotFetched(f"Its host took more than {seconds:g} seconds.") from None
    except OSError:
        raise NotFetched("Its host could not be reached.") from None


async def _followed(address: str, hosts: Hosts, most: int) -> bytes:
    for _ in range(1 + MOST_HOPS):
        target = hosts.target(address)
        if target is None:
            raise NotFetched("It leads to a host that is not listed.")
        answer = await exchange(target, most)
        if answer.status in _REDIRECTS:
            address = _joined(address, answer.headers.get(b"location", b""))
        elif answer.status == _OK:
            return bytes(answer.content)
        else:
            raise NotFetched(f"Its host answered {answer.status}.")
    raise NotFetched("It leads from one address to the next.")


def _joined(address: str, location: bytes) -> str:
    try:
        return urljoin(address, location.decode("ascii"))
    except ValueError:
        return ""
