"""The addresses of a host: where it is a name, they must all be public.

Whoever has a name of the operator's list could let it lead into the operator's own network. What
is resolved and checked here is what is connected to, so that no second answer can differ.
"""

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address

from .failure import NotFetched
from .hosts import Target


async def addresses_of(target: Target) -> Sequence[str]:
    """Give the addresses that may be connected to. Raises NotFetched, and OSError.

    An address that was itself listed may be any: the operator meant that very one.
    """
    if target.is_literal:
        return [target.host]
    loop = asyncio.get_running_loop()
    found = await loop.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    addresses = list(dict.fromkeys(str(place[0]) for *_, place in found))
    if not all(map(is_public, map(ip_address, addresses))):
        raise NotFetched("Its host is at an address that is not public.")
    return addresses


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether it is an address of the Internet's, and stands for no other."""
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, IPv4Address):
        return True
    # Through these, IPv4 is reached, or a network of one's own.
    stands_for_other = (address.ipv4_mapped, address.sixtofour, address.teredo)
    return not (any(stands_for_other) or address.is_site_local)
