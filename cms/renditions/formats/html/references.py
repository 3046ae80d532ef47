"""Addresses as the values of attributes."""

import re
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

_NAME = re.compile(r"[\w~-]+(\.[\w~-]+)*\.?")
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)", re.IGNORECASE)
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_AS_IT_IS = "-._~!$&'()*+,;=:@/?%"


def reference(address: str) -> str | None:
    """Write an absolute address so that every parser takes it (RFC 3986).

    None for what would lead nowhere: without a host, say, or with one that no host can have.
    """
    try:
        parts = urlsplit(address)
        if parts.scheme in {"http", "https"}:
            parts = parts._replace(netloc=_authority(parts))
    except ValueError:
        return None
    encoded = (_encoded(part) for part in parts[2:])
    return urlunsplit((parts.scheme, parts.netloc, *encoded))


def _authority(parts: SplitResult) -> str:
    """Check and write host and port. Raises ValueError."""
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{IPv6Address(host)}]"
    elif not _NAME.fullmatch(host):
        raise ValueError(host)
    elif _NUMBER.fullmatch(host.rstrip(".").rpartition(".")[2]):
        # A host that ends in a number is an address in the usual form (URL Standard, 3.5).
        host = str(IPv4Address(host))
    user = parts.netloc.rpartition("@")[0]
    port = "" if parts.port is None else f":{parts.port}"
    return (f"{_encoded(user)}@" if user else "") + host + port


def _encoded(part: str) -> str:
    return quote(_LONE_PERCENT.sub("%25", part), safe=_AS_IT_IS)
